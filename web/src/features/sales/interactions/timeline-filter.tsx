import { timelineKinds, type TimelineKind } from "@rainmaker/contracts/records/records";
import { ListFilter } from "lucide-react";
import type { ReactElement } from "react";
import { FilterChip } from "#ui/filter-chip";

const names: Readonly<Record<TimelineKind, string>> = {
  call: "calls",
  meeting: "meetings",
  mail: "emails",
  note: "notes",
  change: "changes",
  money: "money",
};

type TimelineFilterProps = {
  readonly value: TimelineKind | null;
  readonly onChange: (kind: TimelineKind | null) => void;
};

export function TimelineFilter({ value, onChange }: TimelineFilterProps): ReactElement {
  return (
    <FilterChip
      label="Show"
      icon={ListFilter}
      emptyLabel="everything"
      options={timelineKinds.map((kind) => ({ value: kind, label: names[kind] }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** "No calls yet." */
export function nothingYet(kind: TimelineKind | null, otherwise: string): string {
  return kind === null ? otherwise : `No ${names[kind]} yet.`;
}
