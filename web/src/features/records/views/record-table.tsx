import { bothFilters, type Filter } from "@rainmaker/contracts/records/filters";
import type { ReactElement, ReactNode } from "react";
import { DataTable, type Column, type DataTableProps } from "#ui/data-table";
import { GroupedTable, type TableGroup } from "#ui/grouped-table";
import { BrokenFilter, isBroken } from "./broken-filter.tsx";
import { columnKeys, standing, withWidth } from "./columns.ts";
import { useRows, useTotals, type RowPages, type RowsQuery, type TotalsQuery } from "./pages.ts";
import { figuresText, groupName, groupRule } from "./groups.ts";
import type { ShownView } from "./use-views.ts";
import type { ViewField } from "./view-fields.ts";

/** What of the view a table changes. */
export type TableChanges = {
  readonly filter?: Filter;
  readonly sort?: string;
  readonly columns?: string[];
};

export type RecordTableProps<Row> = Pick<
  DataTableProps<Row>,
  "label" | "keyOf" | "renderPhone" | "empty" | "onOpen" | "selection" | "rowHeight"
> & {
  /** "opportunity", "opportunities". */
  readonly nouns: readonly [string, string];
  readonly shown: Pick<ShownView, "filter" | "group">;
  readonly fields: readonly ViewField[];
  /** Every column the list can have; the first one opens the row and cannot be left out. */
  readonly columns: readonly Column<Row>[];
  /** Those that stand, as the address writes them. */
  readonly standing: readonly string[];
  /** After the columns, such as the row's menu. */
  readonly verbs?: Column<Row> | undefined;
  readonly sort: string;
  readonly onChange: (changes: TableChanges) => void;
  /** Reads rows by a filter: of the whole list, or of a group of it. */
  readonly rowsOf: (filter: Filter) => RowsQuery<Row>;
  readonly totalsOf: (filter: Filter, groupBy: string | undefined) => TotalsQuery;
};

/** The rows of a list as its view has them: in chosen columns, in one table or in groups with what each comes to. */
export function RecordTable<Row>(props: RecordTableProps<Row>): ReactElement {
  const { shown, fields, onChange } = props;
  if (isBroken(shown.filter, fields)) {
    return (
      <div className="p-5 max-sm:p-4">
        <BrokenFilter filter={shown.filter} fields={fields} onChange={(filter) => onChange({ filter })} />
      </div>
    );
  }
  return shown.group === undefined ? <Whole {...props} /> : <InGroups {...props} groupBy={shown.group} />;
}

function Whole<Row>(props: RecordTableProps<Row>): ReactElement {
  const { shown, nouns, rowsOf, totalsOf } = props;
  const pages = useRows(rowsOf(shown.filter));
  const totals = useTotals(totalsOf(shown.filter, undefined)).data;
  return <DataTable {...tableOf(props, totals === undefined ? null : figuresText(totals, nouns))} {...pages} />;
}

function InGroups<Row>(props: RecordTableProps<Row> & { readonly groupBy: string }): ReactElement {
  const { shown, groupBy, fields, nouns, totalsOf, label, empty } = props;
  const totals = useTotals(totalsOf(shown.filter, groupBy));
  const field = fields.find(({ name }) => name === groupBy);
  const groups = totals.data?.groups.map((group): TableGroup => ({
    key: group.key ?? "",
    name: groupName(group, field),
    figures: figuresText(group, nouns),
  }));
  const ofGroup = ({ key }: TableGroup): Filter =>
    bothFilters(shown.filter, { match: "all", rules: [groupRule(groupBy, key === "" ? null : key)] });
  return (
    <GroupedTable
      label={label}
      groups={groups}
      error={totals.error}
      onRetry={() => void totals.refetch()}
      empty={empty}
      foot={
        totals.data !== undefined && (
          <>
            <span className="tnum">{figuresText(totals.data, nouns)}</span>
            {totals.data.hasMoreGroups && <span>Only the first {totals.data.groups.length} groups are shown</span>}
          </>
        )
      }
    >
      {(group, isFirst) => <GroupRows {...props} filter={ofGroup(group)} name={group.name} isFirst={isFirst} />}
    </GroupedTable>
  );
}

type GroupRowsProps<Row> = RecordTableProps<Row> & {
  readonly filter: Filter;
  readonly name: string;
  readonly isFirst: boolean;
};

function GroupRows<Row>(props: GroupRowsProps<Row>): ReactElement {
  const { filter, name, isFirst, rowsOf, label } = props;
  const pages = useRows(rowsOf(filter));
  return <DataTable {...tableOf(props, null)} {...pages} label={`${label}: ${name}`} isPart isHeadHidden={!isFirst} />;
}

type Table<Row> = Omit<DataTableProps<Row>, keyof RowPages<Row>>;

function tableOf<Row>(props: RecordTableProps<Row>, foot: ReactNode): Table<Row> {
  const { label, keyOf, renderPhone, empty, onOpen, selection, rowHeight, sort, verbs, onChange } = props;
  const columns: Column<Row>[] = standing(props.columns, props.standing).map((column, place) =>
    place === 0 && foot !== null ? { ...column, foot } : column,
  );
  // What is drawn to a width stands in the address, whether it was chosen there before or not.
  const chosen = columnKeys(props.standing).length === 0 ? columns.map(({ key }) => key) : props.standing;
  return {
    label,
    keyOf,
    renderPhone,
    empty,
    onOpen,
    selection,
    ...(rowHeight !== undefined && { rowHeight }),
    sort,
    columns: verbs === undefined ? columns : [...columns, verbs],
    onSort: (next) => onChange({ sort: next }),
    onResize: (key, width) => onChange({ columns: [...withWidth(chosen, key, width)] }),
  };
}
