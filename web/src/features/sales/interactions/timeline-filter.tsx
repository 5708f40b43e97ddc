import { timelineKinds, type TimelineKind } from "@rainmaker/contracts/records/records";
import { ListFilter, UserRound } from "lucide-react";
import type { ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { FilterChip } from "#ui/filter-chip";
import { SearchField } from "#ui/search-field";
import type { ReadTimeline, TimelineFilters } from "./use-timeline.ts";

const names: Readonly<Record<TimelineKind, string>> = {
  call: "calls",
  meeting: "meetings",
  mail: "emails",
  note: "notes",
  change: "changes",
  money: "money",
};

/** What a timeline is narrowed to: kind, person, words. */
export function TimelineFilter({ filters, onFilter }: Pick<ReadTimeline, "filters" | "onFilter">): ReactElement {
  const members = useAllMembers();
  const { kind, actorId, q } = filters;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <FilterChip
        label="Show"
        icon={ListFilter}
        emptyLabel="everything"
        options={timelineKinds.map((value) => ({ value, label: names[value] }))}
        value={kind}
        onChange={(next) => onFilter({ ...filters, kind: next })}
      />
      {members.length > 1 && (
        <FilterChip
          label="By"
          icon={UserRound}
          emptyLabel="anyone"
          options={members.map((member) => ({ value: member.id, label: nameOf(member) }))}
          value={actorId}
          onChange={(next) => onFilter({ ...filters, actorId: next })}
        />
      )}
      <SearchField label="Search the timeline" value={q} onChange={(next) => onFilter({ ...filters, q: next })} />
    </span>
  );
}

/** Why a timeline is empty: "No calls yet.", or what it is without any filter. */
export function nothingYet({ kind, actorId, q }: TimelineFilters, otherwise: string): string {
  if (actorId !== null || q.trim() !== "") return "Nothing here fits.";
  return kind === null ? otherwise : `No ${names[kind]} yet.`;
}
