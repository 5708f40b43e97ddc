import {
  addCollaborator,
  readRecordAccess,
  removeCollaborator,
  updateCollaborator,
  type Collaborator,
  type RecordAccess,
  type ShareableEntity,
} from "@rainmaker/contracts/records/sharing";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatFullDay } from "#lib/format";
import { invalidateEntities, liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { notify, notifyFailure, notifyUndo } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Avatar } from "#ui/avatar";
import { Button, IconButton } from "#ui/button";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { PeoplePicker } from "#ui/people-picker";
import { QueryView } from "#ui/query-view";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { SkeletonLines } from "#ui/skeleton";
import { nameOf, useAllMembers } from "#features/organization";
import { reasonText } from "./sight-words.ts";

type Shared = { readonly entity: ShareableEntity; readonly recordId: string };
type ShareSheetProps = Shared & { readonly name: string; readonly onClose: () => void };

const accessOptions = [
  { value: "view", label: "May look" },
  { value: "edit", label: "May edit" },
] as const;

/** Why the viewer sees a record, whom it is shared with, and sharing it with one more. */
export function ShareSheet({ entity, recordId, name, onClose }: ShareSheetProps): ReactElement {
  const query = useQuery(
    liveQuery(readRecordAccess, { query: { entity, recordId } }, [entity, "member", "team", "role"]),
  );
  const me = useUser().id;
  return (
    <Sheet isOpen onClose={onClose} title="Who sees this" context={name}>
      <QueryView query={query} what="Who sees this" skeleton={<SkeletonLines lines={5} />}>
        {(access) => (
          <div className="flex flex-col gap-5">
            <section aria-label="Why you see it">
              <h3 className="pb-1 font-semibold">Why you see it</h3>
              <ul className="flex flex-col gap-1 text-muted">
                {access.reasons.map((reason) => (
                  <li key={`${reason.kind} ${reason.via?.id ?? ""}`}>{reasonText(reason, me)}</li>
                ))}
              </ul>
            </section>
            <Collaborators access={access} entity={entity} />
            {access.mayShare && <ShareForm entity={entity} recordId={recordId} access={access} />}
          </div>
        )}
      </QueryView>
    </Sheet>
  );
}

type CollaboratorsProps = { readonly access: RecordAccess; readonly entity: ShareableEntity };

function Collaborators({ access: { collaborators, mayShare, owner }, entity }: CollaboratorsProps): ReactElement {
  return (
    <section aria-label="Shared with">
      <h3 className="pb-1 font-semibold">Shared with</h3>
      <p className="pb-2 text-xs text-muted">
        {owner === null ? "Nobody owns it." : `${owner.name} owns it; who leads their team sees it too.`}
      </p>
      {collaborators.length === 0 ? (
        <p className="text-muted">Nobody beside those.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {collaborators.map((one) => (
            <CollaboratorRow key={one.id} collaborator={one} entity={entity} mayShare={mayShare} />
          ))}
        </ul>
      )}
    </section>
  );
}

type RowProps = { readonly collaborator: Collaborator; readonly entity: ShareableEntity; readonly mayShare: boolean };

function CollaboratorRow({ collaborator, entity, mayShare }: RowProps): ReactElement {
  const { id, member, access, until, hasExpired, version } = collaborator;
  const update = useCall(updateCollaborator, [entity]);
  const remove = useCall(removeCollaborator, [entity]);
  const params = { collaboratorId: id };
  const stays = (error: unknown): void => notifyFailure(`${member.name} keeps what they had`, error);
  const take = async (): Promise<void> => {
    try {
      await remove.mutateAsync({ params, seenVersion: version });
      notify({ tone: "done", title: `No longer shared with ${member.name}` });
    } catch (error) {
      stays(error);
    }
  };
  const change = async (next: Collaborator["access"]): Promise<void> => {
    try {
      const saved = await update.mutateAsync({ params, body: { access: next }, seenVersion: version });
      notifyUndo(`${member.name} ${next === "edit" ? "may edit this" : "may look at this"}`, () =>
        update.mutateAsync({ params, body: { access }, seenVersion: saved.version }),
      );
    } catch (error) {
      stays(error);
    }
  };
  return (
    <li className="flex items-center gap-2.5 py-1">
      <Avatar person={member} size={24} isDecorative />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{member.name}</span>
        <span className="block text-xs text-muted">{termOf(until, hasExpired)}</span>
      </span>
      {mayShare ? (
        <>
          <SelectField
            label={`What ${member.name} may do`}
            isLabelHidden
            size="sm"
            options={accessOptions}
            value={access}
            onChange={(next) => void change(next)}
          />
          <IconButton icon={X} label={`Stop sharing with ${member.name}`} size="sm" onClick={() => void take()} />
        </>
      ) : (
        <span className="text-xs text-muted">{access === "edit" ? "May edit" : "May look"}</span>
      )}
    </li>
  );
}

function termOf(until: string | null, hasExpired: boolean): string {
  if (until === null) return "Until it is taken back";
  return hasExpired ? `Was shared until ${formatFullDay(until)}` : `Until ${formatFullDay(until)}`;
}

type Sharing = {
  readonly memberId: string | null;
  readonly access: Collaborator["access"];
  readonly until: string | null;
};
const fresh: Sharing = { memberId: null, access: "view", until: null };

function ShareForm({ entity, recordId, access }: Shared & { readonly access: RecordAccess }): ReactElement {
  const known = new Set([access.owner?.id, ...access.collaborators.map(({ member }) => member.id)]);
  const members = useAllMembers().filter(({ id, status }) => status === "active" && !known.has(id));
  const form = useForm({
    initial: fresh,
    schema: addCollaborator.body,
    toBody: (values) => ({ entity, recordId, ...values }),
    send: (body) => call(addCollaborator, { body }),
    onDone: ({ member }) => {
      void invalidateEntities([entity]);
      notify({ tone: "done", title: `Shared with ${member.name}` });
      form.reset(fresh);
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-3 border-t border-line-subtle pt-4">
      <h3 className="font-semibold">Share with a colleague</h3>
      <FormProblem problem={form.problem} />
      <PeoplePicker
        label="Colleague"
        people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
        {...form.field("memberId")}
      />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <SelectField label="Access" options={accessOptions} {...form.field("access")} />
        <DateField label="Until" isOptional hint="That day included." {...form.field("until")} />
      </div>
      {entity === "opportunity" && (
        <p className="text-xs text-muted">They see its customer too, not its other sales.</p>
      )}
      <Button type="submit" tone="primary" isLoading={form.isSending} className="self-start">
        Share
      </Button>
    </form>
  );
}
