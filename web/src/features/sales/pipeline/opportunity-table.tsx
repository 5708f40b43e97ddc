import { customOrder } from "@rainmaker/contracts/records/custom-types";
import type { Filter } from "@rainmaker/contracts/records/filters";
import { opportunitySorts } from "@rainmaker/contracts/sales/choices";
import type { Pipeline } from "@rainmaker/contracts/sales/pipelines";
import type { OpportunityRow } from "@rainmaker/contracts/sales/opportunities";
import { useState, type ReactElement, type ReactNode } from "react";
import {
  asSaved,
  BulkBar,
  ColumnChooser,
  customColumns,
  exportRecords,
  knownSort,
  isBroken,
  ListBar,
  RecordTable,
  useRows,
  useCustomFields,
  useShownView,
  ViewActions,
  ViewTabs,
  type ShownView,
  type ViewField,
} from "#features/records";
import { Download } from "lucide-react";
import { useCan } from "#lib/session";
import { IconButton } from "#ui/button";
import { PageBody } from "#ui/page-head";
import { TabPanel } from "#ui/tabs";
import { riskOf } from "../opportunities/opportunity-risk.ts";
import { useToday } from "../opportunities/use-today.ts";
import { tableFilter } from "./narrowing.ts";
import { useBulkFields } from "./opportunity-bulk.ts";
import { opportunityColumns, PhoneOpportunity, usualOpportunityColumns } from "./opportunity-columns.tsx";
import { opportunityGroupNames, useOpportunityFields } from "./opportunity-fields.ts";
import { opportunityRows, opportunityTotals } from "./opportunity-rows.ts";
import { attentionTabs, pipelinePanelId, PipelineToolbar } from "./pipeline-toolbar.tsx";
import type { PipelineSearch } from "./search.ts";

type OpportunityTableProps = {
  readonly pipeline: Pipeline;
  readonly search: PipelineSearch;
  readonly counts: Parameters<typeof PipelineToolbar>[0]["counts"];
  readonly sums: ReactNode;
  readonly empty: ReactNode;
  readonly onShow: (changes: Partial<PipelineSearch>) => void;
  readonly onOpen: (card: OpportunityRow, among: readonly OpportunityRow[]) => void;
};

/** Opportunities as rows: by a saved view or by what needs somebody, in chosen columns, grouped, many changed at once. */
export function OpportunityTable(props: OpportunityTableProps): ReactElement {
  const { pipeline, search, counts, sums, onShow } = props;
  const view = search.saved ?? (search.view === undefined ? undefined : "all");
  const shown = useShownView("opportunity", { ...search, view });
  const fields = useOpportunityFields(pipeline.stages);
  const tab = shown.current?.id ?? search.view ?? "all";
  const columns = shown.columns ?? usualOpportunityColumns;
  const custom = customColumns<OpportunityRow>(useCustomFields("opportunity"));
  const today = useToday();
  const whole = tableFilter(search, shown.filter, pipeline.id, today);
  const exportRows = (filter: Filter): void =>
    void exportRecords("opportunity", filter, knownSort(sorts, shown.sort), exportedColumns(columns));
  return (
    <>
      <PipelineToolbar
        search={search}
        counts={counts}
        stages={pipeline.stages}
        onShow={onShow}
        tabs={
          <>
            <ViewTabs
              label="Views"
              panelId={pipelinePanelId}
              fixed={attentionTabs(counts)}
              shown={shown}
              value={tab}
              onChange={(next) => onShow({ ...asSaved, ...tabSearch(next, shown), stage: undefined })}
            />
            <ViewActions
              entity="opportunity"
              shown={shown}
              onOpen={(view) => onShow({ ...asSaved, view: undefined, saved: view ?? "all" })}
            />
          </>
        }
        end={
          <>
            <ColumnChooser
              all={[...columnNames, ...custom]}
              chosen={columns}
              onChange={(next) => onShow({ columns: [...next] })}
            />
            <IconButton icon={Download} size="sm" label="Export as CSV" onClick={() => exportRows(whole)} />
          </>
        }
      />
      <TabPanel id={pipelinePanelId} value={tab} className="flex min-h-0 flex-1 flex-col">
        {sums}
        <ListBar fields={fields} groups={opportunityGroupNames} shown={shown} onShow={onShow} />
        <Rows {...props} shown={shown} fields={fields} whole={whole} columns={columns} onExport={exportRows} />
      </TabPanel>
    </>
  );
}

const sorts = [...opportunitySorts, customOrder];
const columnNames = opportunityColumns(
  () => null,
  () => undefined,
).map(({ key, head }) => ({ key, head }));

/** A value without its currency says little in a file. */
function exportedColumns(columns: readonly string[]): readonly string[] {
  return columns.flatMap((text) => {
    const [key = ""] = text.split(":");
    return key === "amount" ? ["amount", "currency"] : [key];
  });
}

function tabSearch(tab: string, { views }: ShownView): Pick<PipelineSearch, "view" | "saved"> {
  if (views.some(({ id }) => id === tab)) return { view: undefined, saved: tab };
  return { view: tab === "all" ? undefined : (tab as PipelineSearch["view"]), saved: "all" };
}

type RowsProps = OpportunityTableProps & {
  readonly shown: ShownView;
  readonly fields: readonly ViewField[];
  /** All that narrows the table. */
  readonly whole: Filter;
  readonly columns: readonly string[];
  readonly onExport: (filter: Filter) => void;
};

function Rows(props: RowsProps): ReactElement {
  const { pipeline, search, shown, empty, onShow, onOpen, fields, whole, columns, onExport } = props;
  const today = useToday();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const bulkFields = useBulkFields(pipeline.stages);
  const mayDelete = useCan("opportunity.delete");
  const custom = customColumns<OpportunityRow>(useCustomFields("opportunity"));
  const isClosed = pipeline.stages.some(({ id, kind }) => id === search.stage && kind !== "open");
  // What comes first, or what came last.
  const sort = knownSort(sorts, shown.sort) ?? (isClosed ? "-closedOn" : "expectedCloseOn");
  const { view } = search;
  const asked = { sort, view };
  const narrowed = (filter: Filter): Filter => tableFilter(search, filter, pipeline.id, today);
  const { rows, hasMore } = useRows(
    opportunityRows({ ...asked, filter: whole }),
    shown.group === undefined && !isBroken(shown.filter, fields),
  );
  const risk = (card: OpportunityRow): string | null =>
    riskOf(card, pipeline.stages.find(({ id }) => id === card.stage.id)?.normDays ?? null, today, new Date());
  // Rows that are gone from the table are chosen no more.
  const chosen = rows === undefined ? selected : new Set(rows.flatMap(({ id }) => (selected.has(id) ? [id] : [])));
  const open = (card: OpportunityRow): void => onOpen(card, rows ?? []);
  return (
    <>
      <PageBody isPadded={false}>
        <RecordTable<OpportunityRow>
          label="Opportunities"
          nouns={["opportunity", "opportunities"]}
          shown={{ filter: shown.filter, group: shown.group }}
          fields={fields}
          columns={[...opportunityColumns(risk, open), ...custom]}
          standing={columns}
          sort={sort}
          onChange={onShow}
          keyOf={({ id }) => id}
          selection={{ selected: chosen, onChange: setSelected, nameOf: ({ title }) => title }}
          renderPhone={(card) => <PhoneOpportunity card={card} risk={risk(card)} onOpen={() => open(card)} />}
          empty={empty}
          onOpen={open}
          rowsOf={(filter) => opportunityRows({ ...asked, filter: narrowed(filter) })}
          totalsOf={(filter, groupBy) => opportunityTotals({ view, filter: narrowed(filter) }, groupBy)}
        />
      </PageBody>
      <BulkBar
        entity="opportunity"
        selected={chosen}
        onSelect={setSelected}
        filter={whole}
        // Which ones need somebody is no filter: there, all of them are those that are loaded.
        count={view !== undefined || hasMore === false ? rows?.length : undefined}
        loaded={rows?.length}
        fields={bulkFields}
        mayDelete={mayDelete}
        onExport={onExport}
      />
    </>
  );
}
