import { previewRole, type CustomRole, type RoleSummary } from "@rainmaker/contracts/organization/roles";
import type { CustomRoleId, MemberId } from "@rainmaker/contracts/ids";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import { Eye } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { useUser } from "#lib/session";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Note } from "#ui/note";
import { PeoplePicker } from "#ui/people-picker";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { actionLabel, entityLabel, permissionLabel, reachWords } from "./permission-words.ts";
import { ReachMark } from "./reach-cell.tsx";
import { nameOf, useAllMembers } from "./use-members.ts";

type RolePreviewProps = {
  readonly builtIn: readonly RoleSummary[];
  readonly custom: readonly CustomRole[];
  readonly onClose: () => void;
};

/** What somebody with a role would see and might do, as the server counts it now. */
export function RolePreview({ builtIn, custom, onClose }: RolePreviewProps): ReactElement {
  const members = useAllMembers().filter(({ status }) => status === "active");
  const preview = useCall(previewRole, []);
  const [key, setKey] = useState<string>(custom[0]?.id ?? "sales_rep");
  const [memberId, setMemberId] = useState<string | null>(useUser().id);
  const roles = [
    ...custom.map(({ id, name }) => ({ value: id as string, label: name })),
    ...builtIn.map(({ role, name }) => ({ value: role as string, label: name })),
  ];
  const look = (): void => {
    const isOwn = custom.some(({ id }) => id === key);
    const role = builtIn.find((one) => one.role === key)?.role;
    const which = isOwn ? { roleId: key as CustomRoleId } : { role };
    preview.mutate({ body: { ...which, ...(memberId !== null && { memberId: memberId as MemberId }) } });
  };
  return (
    <Sheet isOpen onClose={onClose} title="Preview as role" context="counts only; written to the audit log">
      <div className="flex flex-col gap-4">
        <SelectField label="Role" options={roles} value={key} onChange={setKey} />
        <PeoplePicker
          label="In the place of"
          hint="Own and team are theirs: the preview counts what this person would see with the role."
          people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
          value={memberId}
          onChange={setMemberId}
        />
        <Button tone="primary" icon={Eye} isLoading={preview.isPending} onClick={look} className="self-start">
          Look
        </Button>
        <FormProblem problem={preview.error} />
        <div aria-live="polite">{preview.data !== undefined && <Previewed data={preview.data} />}</div>
      </div>
    </Sheet>
  );
}

function Previewed({ data }: { readonly data: ReplyOf<typeof previewRole> }): ReactElement {
  const { name, member, entities, others } = data;
  return (
    <section aria-label={`${name} in the place of ${member.name}`} className="flex flex-col gap-3">
      <h3 className="font-semibold">
        {name} in the place of {member.name}
      </h3>
      <ul className="flex flex-col rounded-md border border-line-subtle">
        {entities.map(({ entity, reach, count, actions }) => (
          <li key={entity} className="flex items-center gap-3 border-b border-line-subtle px-3 py-2 last:border-b-0">
            <span className="min-w-0 flex-1">
              {entityLabel(entity)}
              <span className="block text-xs text-muted">
                {reach === null ? "Out of sight" : `Sees ${formatCountOf(count, "record")}`}
                {actions.length > 0 &&
                  `; may ${actions.map((one) => `${actionLabel(one.action)} ${reachWords[one.reach].label.toLowerCase()}`).join(", ")}`}
              </span>
            </span>
            <ReachMark reach={reach ?? "none"} />
          </li>
        ))}
      </ul>
      <Note>
        {others.length === 0
          ? "Nothing beyond these records."
          : `Also: ${others.map((permission) => permissionLabel(permission).toLowerCase()).join(", ")}.`}
      </Note>
    </section>
  );
}
