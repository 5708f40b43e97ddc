import { opportunityViews, type OpportunityView } from "@rainmaker/contracts/sales/opportunities";
import { type Stage } from "@rainmaker/contracts/sales/pipelines";
import { CalendarClock, Hourglass } from "lucide-react";
import { useRef, type ReactElement, type ReactNode } from "react";
import { useKey } from "#lib/keys";
import { FilterChip } from "#ui/filter-chip";
import { Toolbar } from "#ui/page-head";
import { Tabs } from "#ui/tabs";
import { PeopleChips } from "../people-chips.tsx";
import { AsOfChip } from "./past-board.tsx";
import { horizons, type PipelineSearch } from "./search.ts";

export const pipelinePanelId = "pipeline";

const viewNames: Readonly<Record<OpportunityView, string>> = {
  "at-risk": "At risk",
  "closing-soon": "Closing in 14 days",
  "no-next-step": "No next step",
};

const freshnessChoices = [
  { value: "fresh", label: "fresh" },
  { value: "warning", label: "going quiet" },
  { value: "rotten", label: "rotten" },
] as const;

type PipelineToolbarProps = {
  readonly search: PipelineSearch;
  readonly counts: Readonly<Partial<Record<OpportunityView | "all", number | undefined>>>;
  readonly stages: readonly Stage[];
  readonly onShow: (changes: Partial<PipelineSearch>) => void;
  /** In place of the views that need attention, with others beside them. */
  readonly tabs?: ReactNode;
  /** After the filters. */
  readonly end?: ReactNode;
};

type Counts = PipelineToolbarProps["counts"];

/** What needs somebody, as tabs with how many there are. */
export function attentionTabs(
  counts: Counts,
): { value: "all" | OpportunityView; label: string; count: number | undefined }[] {
  return [
    { value: "all", label: "All open", count: counts.all },
    ...opportunityViews.map((view) => ({ value: view, label: viewNames[view], count: counts[view] })),
  ];
}

/** What needs attention left, what it is narrowed to right. All of it stands in the address. */
export function PipelineToolbar({ search, counts, stages, onShow, tabs, end }: PipelineToolbarProps): ReactElement {
  const filters = useRef<HTMLSpanElement>(null);
  useKey("f", "Filter", () => filters.current?.querySelector<HTMLElement>("button")?.focus(), {
    isActive: search.as !== "table",
  });
  return (
    <Toolbar>
      {tabs ?? (
        <Tabs
          className="flex-none"
          label="Views"
          panelId={pipelinePanelId}
          value={search.view ?? "all"}
          onChange={(view) => onShow({ view: view === "all" ? undefined : view, stage: undefined, asOf: undefined })}
          tabs={attentionTabs(counts)}
        />
      )}
      <span ref={filters} className="ml-auto flex flex-none items-center gap-2 max-sm:ml-3">
        {search.as === "table" && (
          <FilterChip
            label="Stage"
            emptyLabel="open"
            options={stages.map(({ id, name }) => ({ value: id, label: name }))}
            value={search.stage ?? null}
            onChange={(stage) => onShow({ stage: stage ?? undefined })}
          />
        )}
        <PeopleChips search={search} onShow={onShow} />
        <QuietChip search={search} onShow={onShow} />
        <FilterChip
          label="Close date"
          icon={CalendarClock}
          emptyLabel="any"
          options={horizons.map((days) => ({ value: String(days), label: `next ${days} days` }))}
          value={search.within === undefined ? null : String(search.within)}
          onChange={(days) => onShow({ within: horizons.find((one) => String(one) === days) })}
        />
        {end}
        {search.as !== "table" && <AsOfChip asOf={search.asOf} onShow={onShow} />}
      </span>
    </Toolbar>
  );
}

/** How long nobody has been in touch; of a past day nobody knows. */
function QuietChip({ search, onShow }: Pick<PipelineToolbarProps, "search" | "onShow">): ReactElement | null {
  if (search.asOf !== undefined) return null;
  return (
    <FilterChip
      label="Contact"
      icon={Hourglass}
      emptyLabel="any"
      options={freshnessChoices}
      value={search.fresh ?? null}
      onChange={(fresh) => onShow({ fresh: fresh ?? undefined, stage: undefined })}
    />
  );
}
