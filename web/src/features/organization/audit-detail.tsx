import type { AuditEntry } from "@rainmaker/contracts/organization/audit";
import { ArrowRight } from "lucide-react";
import { useMemo, type ReactElement, type ReactNode } from "react";
import { formatCount, formatStamp } from "#lib/format";
import { CopyButton } from "#ui/copy-button";
import { fieldLabel, valueText } from "./audit-text.ts";
import { nameOf, useAllMembers, useTeams } from "./use-members.ts";

/** What exactly an entry changed, and how one would find it again. */
export function AuditDetail({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const nameById = useNames();
  const changes = Object.entries(entry.changes);
  return (
    <div className="relative mb-3 flex flex-col gap-1.5 rounded-lg border border-brand-line bg-surface px-3.5 py-2.5 whitespace-normal">
      {changes.map(([field, [before, after]]) => (
        <p key={field} className="flex min-h-6.5 flex-wrap items-center gap-2.5">
          <span className="w-24 flex-none text-xs text-subtle">{fieldLabel(field)}</span>
          <del className="rounded-sm bg-danger-soft px-2 py-0.5 text-danger-fg decoration-1">
            <span className="sr-only">before: </span>
            {valueText(before, nameById)}
          </del>
          <ArrowRight size={14} aria-hidden="true" className="text-subtle" />
          <ins className="rounded-sm bg-success-soft px-2 py-0.5 font-medium text-success-fg no-underline">
            <span className="sr-only">after: </span>
            {valueText(after, nameById)}
          </ins>
        </p>
      ))}
      {changes.length === 0 && <p className="text-xs text-subtle">No fields were changed by this.</p>}
      <div className="mt-0.75 flex flex-wrap items-end gap-x-6.5 gap-y-2 border-t border-line-subtle pt-2.25">
        <dl className="contents">
          <Fact label="Exactly">{formatStamp(entry.occurredAt)}</Fact>
          <Fact label="Request">{entry.requestId}</Fact>
          <Fact label="Address">{entry.address}</Fact>
          <Fact label="Device">{entry.device}</Fact>
          <Fact label="Entry">
            {entry.seq > 1 ? `${formatCount(entry.seq)}, links to ${formatCount(entry.seq - 1)}` : "1, the first"}
          </Fact>
        </dl>
        <span className="ml-auto">
          <CopyButton text={JSON.stringify(entry, null, 2)} label="Copy JSON" />
        </span>
      </div>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement | null {
  if (children === null || children === "") return null;
  return (
    <div className="min-w-0">
      <dt className="text-2xs leading-4 text-subtle">{label}</dt>
      <dd className="tnum truncate text-[12.5px] leading-4.5">{children}</dd>
    </div>
  );
}

/** Names for the ids of people and teams that stand in changes. */
function useNames(): (id: string) => string | undefined {
  const members = useAllMembers();
  const teams = useTeams();
  return useMemo(() => {
    const names = new Map<string, string>([
      ...members.map((member) => [member.id, nameOf(member)] as const),
      ...teams.map(({ id, name }) => [id, name] as const),
    ]);
    return (id) => names.get(id);
  }, [members, teams]);
}
