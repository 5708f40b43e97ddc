import { inviteMembers, type InvitationLink } from "@rainmaker/contracts/organization/members";
import type { CustomRoleId, TeamId } from "@rainmaker/contracts/ids";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { useQuery } from "@tanstack/react-query";
import type * as z from "zod/mini";
import { Users } from "lucide-react";
import { useMemo, useState, type ReactElement } from "react";
import { ApiProblem } from "#lib/api-problem";
import { formatCountOf } from "#lib/format";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { CopyButton } from "#ui/copy-button";
import { FormProblem } from "#ui/form-problem";
import { SelectField } from "#ui/select-field";
import { AddressField } from "./address-field.tsx";
import { judgeAddress } from "./addresses.ts";
import { LinkLine } from "./invitation-actions.tsx";
import { lastRoles, rememberRoles } from "./last-roles.ts";
import { RolesPicker } from "./roles-field.tsx";
import { rolesQuery } from "./roles-query.ts";
import { useAllMembers, useTeams } from "./use-members.ts";

type Link = z.output<typeof InvitationLink>;

/** Invites by pasting. Mail is not sent: the links are shown, once, for whoever invites to pass on. */
export function InvitePanel({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [links, setLinks] = useState<readonly Link[] | null>(null);
  return (
    <section
      aria-label="Invite people"
      className="mx-5 my-3.5 flex flex-none flex-col gap-2.75 rounded-xl border border-brand-line px-4 py-3.5 shadow-[0_0_0_3px_var(--brand-soft)] max-sm:mx-4"
    >
      {links === null ? (
        <InviteForm onDone={setLinks} onClose={onClose} />
      ) : (
        <InviteLinks links={links} onClose={onClose} />
      )}
    </section>
  );
}

type InviteFormProps = { readonly onDone: (links: readonly Link[]) => void; readonly onClose: () => void };

function InviteForm({ onDone, onClose }: InviteFormProps): ReactElement {
  const members = useAllMembers();
  const teams = useTeams();
  const invite = useCall(inviteMembers, ["invitation"]);
  const [emails, setEmails] = useState<readonly string[]>([]);
  const [roles, setRoles] = useState<readonly Role[]>(lastRoles);
  const [customIds, setCustomIds] = useState<readonly CustomRoleId[]>([]);
  const [teamId, setTeamId] = useState("");
  const [wasTried, setWasTried] = useState(false);
  const refused = useMemo(() => refusedAddresses(invite.error, invite.variables?.body.emails), [invite]);
  const known = useMemo(() => new Set(members.flatMap(({ email }) => email ?? [])), [members]);
  const addresses = emails.map((email) => judgeAddress(email, known.union(refused)));
  const good = addresses.filter(({ state }) => state === "ok").map(({ email }) => email);

  const send = (): void => {
    setWasTried(true);
    if (good.length === 0 || roles.length + customIds.length === 0 || invite.isPending) return;
    if (roles.length > 0) rememberRoles(roles);
    const held = { roles: [...roles], customRoleIds: [...customIds] };
    const body = { emails: good, ...held, teamId: teamId === "" ? null : (teamId as TeamId) };
    invite.mutate({ body }, { onSuccess: ({ items }) => onDone(items) });
  };
  const isEmpty = wasTried && good.length === 0;
  return (
    <>
      <FormProblem problem={refused.size > 0 ? null : invite.error} />
      <AddressField
        addresses={addresses}
        onChange={setEmails}
        onSubmit={send}
        error={isEmpty ? "Add at least one address that is not here yet" : undefined}
      />
      <div className="grid grid-cols-2 gap-2.5 max-sm:grid-cols-1">
        <RolesPicker value={roles} onChange={setRoles} customIds={customIds} onCustomChange={setCustomIds} />
        <SelectField
          label="Team"
          isLabelHidden
          icon={Users}
          placeholder="No team"
          options={teams.map(({ id, name }) => ({ value: id as string, label: name }))}
          value={teamId}
          onChange={setTeamId}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-52 flex-1 text-xs text-muted max-sm:basis-full">
          <Consequence roles={roles} customIds={customIds} /> Links work once, for 7 days.
        </p>
        <Button tone="ghost" size="sm" className="max-sm:ml-auto" onClick={onClose}>
          Cancel
        </Button>
        <Button tone="primary" size="sm" shortcut="enter" isLoading={invite.isPending} onClick={send}>
          Invite{good.length > 0 && ` ${good.length}`}
        </Button>
      </div>
    </>
  );
}

type ConsequenceProps = { readonly roles: readonly Role[]; readonly customIds: readonly CustomRoleId[] };

/** What the invited will see, in the words of the roles. */
function Consequence({ roles, customIds }: ConsequenceProps): ReactElement | null {
  const { data } = useQuery(rolesQuery());
  const own = data?.custom.filter(({ id, description }) => customIds.includes(id) && description !== "") ?? [];
  const chosen = [
    ...(data?.items.filter(({ role }) => roles.includes(role)) ?? []),
    ...own.map(({ id: role, ...rest }) => ({ role, ...rest })),
  ];
  if (roles.length + customIds.length === 0) return <>Choose at least one role.</>;
  return (
    <>
      {chosen.map(({ role, name, description }) => (
        <span key={role}>
          <b className="font-medium text-default">{name}:</b>{" "}
          {description.charAt(0).toLowerCase() + description.slice(1)}.{" "}
        </span>
      ))}
    </>
  );
}

function InviteLinks({
  links,
  onClose,
}: {
  readonly links: readonly Link[];
  readonly onClose: () => void;
}): ReactElement {
  const all = links.map(({ email, url }) => `${email}\t${url}`).join("\n");
  return (
    <>
      <h2 className="font-semibold">
        <output>{formatCountOf(links.length, "person", "people")} invited</output>
      </h2>
      <p className="text-xs text-muted">
        No mail is sent yet: pass each link on yourself. They are shown only now; a lost one is replaced in the list
        below.
      </p>
      <ul className="flex max-h-64 flex-col gap-2 overflow-y-auto">
        {links.map(({ id, email, url }) => (
          <li key={id} className="flex flex-col gap-1">
            <span className="font-medium">{email}</span>
            <LinkLine url={url} email={email} />
          </li>
        ))}
      </ul>
      <div className="flex justify-end gap-2">
        {links.length > 1 && <CopyButton text={all} label="Copy all" />}
        <Button tone="primary" size="sm" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}

/** Addresses the server did not take, by their place in what was sent. */
function refusedAddresses(error: unknown, sent: readonly string[] | undefined): ReadonlySet<string> {
  if (!(error instanceof ApiProblem) || sent === undefined) return new Set();
  return new Set(
    error.errors.flatMap(({ path }) => {
      const [field, index] = path.split(".");
      return field === "emails" ? (sent[Number(index)] ?? []) : [];
    }),
  );
}
