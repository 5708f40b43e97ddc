import type { MemberId } from "@rainmaker/contracts/ids";
import {
  getMember,
  inviteMembers,
  listMembers,
  updateMember,
  type Member,
} from "@rainmaker/contracts/organization/members";
import { useQuery } from "@tanstack/react-query";
import { UserRoundCheck, UserRoundX } from "lucide-react";
import { useId, useState, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm, type Form } from "#lib/form";
import { invalidateEntities, liveQuery, queryClient, showAtOnce } from "#lib/query";
import { useCan } from "#lib/session";
import { notify, notifyFailure, notifyUndo } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { CopyButton } from "#ui/copy-button";
import { FormProblem } from "#ui/form-problem";
import { Note } from "#ui/note";
import { QueryView } from "#ui/query-view";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { SkeletonLines } from "#ui/skeleton";
import { TextField } from "#ui/text-field";
import { RolesField } from "./roles-field.tsx";
import { changesSince, valuesOf, type MemberValues } from "./member-values.ts";
import { nameOf, standingOf, useTeams } from "./use-members.ts";

const memberQuery = (memberId: MemberId) => liveQuery(getMember, { params: { memberId } }, ["member", "team"]);

type MemberSheetProps = { readonly memberId: MemberId; readonly onClose: () => void };

export function MemberSheet({ memberId, onClose }: MemberSheetProps): ReactElement {
  const query = useQuery(memberQuery(memberId));
  if (query.data !== undefined) return <LoadedSheet key={memberId} member={query.data} onClose={onClose} />;
  return (
    <Sheet isOpen onClose={onClose} title="Member">
      <QueryView query={query} what="This member" skeleton={<SkeletonLines lines={6} />}>
        {() => null}
      </QueryView>
    </Sheet>
  );
}

function LoadedSheet({ member, onClose }: { readonly member: Member; readonly onClose: () => void }): ReactElement {
  const mayEdit = useCan("member.edit");
  const formId = useId();
  const form = useForm({
    initial: valuesOf(member),
    version: member.version,
    schema: updateMember.body,
    toBody: ({ teamId, jobTitle, roles, customRoles, ...values }) => ({
      ...values,
      roles: [...roles],
      customRoleIds: [...customRoles],
      jobTitle: jobTitle.trim() === "" ? null : jobTitle,
      teamId: teamId === "" ? null : teamId,
    }),
    send: (body, seenVersion) => call(updateMember, { params: { memberId: member.id }, body, seenVersion }),
    onDone: (saved) => {
      void invalidateEntities(["member", "team"]);
      notify({ tone: "done", title: `Saved ${nameOf(saved)}` });
      onClose();
    },
    words: { too_small: "Choose at least one role" },
  });
  const reload = async (): Promise<void> => {
    const current = await queryClient.fetchQuery({ ...memberQuery(member.id), staleTime: 0 });
    form.reset(valuesOf(current), current.version);
  };
  const standing = standingOf(member);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={nameOf(member)}
      context={member.email ?? "No account yet"}
      form={form.element}
      isDirty={mayEdit && form.isDirty}
      footer={
        mayEdit && (
          <>
            <StandingButton member={member} onDone={onClose} />
            <span className="flex-1" />
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
              Save
            </Button>
          </>
        )
      }
    >
      <span className="flex gap-2">
        {standing === "active" && <Badge tone="success">Active</Badge>}
        {standing === "deactivated" && <Badge>Deactivated</Badge>}
        {standing === "unclaimed" && <Badge tone="line">Not invited yet</Badge>}
      </span>
      {standing === "unclaimed" && mayEdit && <LateInvitation member={member} />}
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} onReload={() => void reload()} changed={<StaleChanges form={form} />} />
        <MemberFields form={form} isReadOnly={!mayEdit} />
      </form>
    </Sheet>
  );
}

function MemberFields({
  form,
  isReadOnly,
}: {
  readonly form: Form<MemberValues>;
  readonly isReadOnly: boolean;
}): ReactElement {
  const teams = useTeams();
  const roles = form.field("roles");
  const own = form.field("customRoles");
  return (
    <fieldset disabled={isReadOnly} className="contents">
      <div className="grid grid-cols-2 gap-3">
        <TextField label="First name" {...form.field("firstName")} />
        <TextField label="Last name" {...form.field("lastName")} />
      </div>
      <TextField label="Job title" isOptional {...form.field("jobTitle")} />
      <SelectField
        label="Team"
        placeholder="No team"
        options={teams.map(({ id, name }) => ({ value: id as string, label: name }))}
        hint="Who leads this team and those above it sees their records from the moment you save."
        {...form.field("teamId")}
      />
      <RolesField value={roles.value} onChange={roles.onChange} customIds={own.value} onCustomChange={own.onChange} />
      {roles.error !== undefined && (
        <p role="alert" className="text-xs text-danger-fg">
          {roles.error}
        </p>
      )}
    </fieldset>
  );
}

/** What somebody else saved while this sheet was open. */
function StaleChanges({ form }: { readonly form: Form<MemberValues> }): ReactElement {
  const lines = changesSince(form.start, form.problem);
  return (
    <>
      {lines.length === 0 ? "It was changed meanwhile." : `Meanwhile: ${lines.join("; ")}.`} Reload takes that over;
      what you typed is lost.
    </>
  );
}

/** Deactivating can be taken back, so it is done at once and offers Undo. */
function StandingButton({
  member,
  onDone,
}: {
  readonly member: Member;
  readonly onDone: () => void;
}): ReactElement | null {
  const update = useCall(updateMember, ["member", "team"]);
  const standing = standingOf(member);
  if (standing === "unclaimed") return null;
  const [next, verb] =
    standing === "active" ? (["inactive", "Deactivated"] as const) : (["active", "Activated"] as const);
  const turn = (status: Member["status"], seenVersion: number): Promise<Member> =>
    update.mutateAsync({ params: { memberId: member.id }, body: { status }, seenVersion });
  const run = async (): Promise<void> => {
    const takeBack = showAtOnce(listMembers, ({ items, ...page }) => ({
      ...page,
      items: items.map((one) => (one.id === member.id ? { ...one, status: next } : one)),
    }));
    onDone();
    try {
      const saved = await turn(next, member.version);
      notifyUndo(`${verb} ${nameOf(member)}`, () => turn(member.status, saved.version));
    } catch (error) {
      takeBack();
      notifyFailure(`${nameOf(member)} stays as before`, error);
    }
  };
  return (
    <Button
      tone="ghost"
      icon={standing === "active" ? UserRoundX : UserRoundCheck}
      isLoading={update.isPending}
      onClick={() => void run()}
    >
      {standing === "active" ? "Deactivate" : "Activate"}
    </Button>
  );
}

/** For somebody an import named: gives them an account that takes over what already carries their name. */
function LateInvitation({ member }: { readonly member: Member }): ReactElement {
  const form = useForm({
    initial: { emails: "" },
    schema: inviteMembers.body,
    toBody: ({ emails }) => ({
      emails: emails.trim() === "" ? [] : [emails],
      roles: member.roles.length === 0 ? ["sales_rep" as const] : member.roles,
      teamId: member.team?.id ?? null,
      memberId: member.id,
    }),
    send: (body) => call(inviteMembers, { body }),
    onDone: ({ items }) => {
      void invalidateEntities(["invitation"]);
      setUrl(items[0]?.url ?? null);
    },
    words: { too_small: "Write the e-mail address of this person" },
  });
  const [url, setUrl] = useState<string | null>(null);
  if (url !== null) {
    return (
      <Note tone="success" end={<CopyButton text={url} label="Copy link" />}>
        Invited. Pass the link on yourself: it works once, for 7 days.
      </Note>
    );
  }
  return (
    <form {...form.props} className="flex flex-col gap-2 rounded-md bg-info-soft p-3">
      <p>An import named this person. Invite them, and the records that carry their name become theirs to work on.</p>
      <FormProblem problem={form.problem} />
      <span className="flex items-end gap-2">
        <TextField label="Work email" type="email" className="flex-1" {...form.field("emails")} />
        <Button type="submit" tone="primary" isLoading={form.isSending} className="h-9">
          Invite
        </Button>
      </span>
    </form>
  );
}
