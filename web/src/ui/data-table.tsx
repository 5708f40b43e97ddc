import { ArrowDown, ArrowUp } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { useMedia } from "#lib/media";
import { Button } from "#ui/button";
import { Checkbox } from "#ui/checkbox";
import { ErrorState } from "#ui/error-state";
import { SlowNote } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import { TableRow } from "#ui/table-row";
import { useRowKeys, type RowSelection } from "./row-keys.ts";
import { useWindow } from "./row-window.ts";

export type Column<Row> = {
  readonly key: string;
  readonly head: string;
  readonly isHeadHidden?: boolean;
  readonly render: (row: Row) => ReactNode;
  readonly align?: "left" | "right";
  /** Width and visibility, such as "w-40 max-lg:hidden". */
  readonly className?: string | undefined;
  /** The sort key of the contract; the head then sorts by it. */
  readonly sort?: string;
  /** Under the column: a sum, a count. */
  readonly foot?: ReactNode;
};

/** As contracts write it: "amount" ascending, "-amount" descending. */
type Sort = string;

export type DataTableProps<Row> = {
  /** What the rows are, for screen readers and sentences: "Members". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined until the first answer. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  /** Two lines on phones, in place of the columns. */
  readonly renderPhone: (row: Row) => ReactNode;
  readonly empty: ReactNode;
  readonly error?: unknown;
  readonly onRetry: () => void;
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  /** Enter, or a click on the row. The name in the row is a link or button of its own. */
  readonly onOpen?: ((row: Row) => void) | undefined;
  /** The row whose details stand beside or below the table. */
  readonly currentKey?: string | null | undefined;
  readonly selection?: RowSelection<Row> | undefined;
  /** What unfolds below a row. */
  readonly renderDetail?: ((row: Row) => ReactNode) | undefined;
  readonly hasMore?: boolean | undefined;
  readonly isLoadingMore?: boolean | undefined;
  readonly onMore?: (() => void) | undefined;
  /** Least height of a row; two lines need 54. */
  readonly rowHeight?: 34 | 40 | 42 | 54;
};

/**
 * Rows with one verb each. J, K and arrows move, Enter opens, X selects, Shift X selects up to here. Above a hundred
 * rows only those in view are in the document. Put it in a PageBody without padding: the head sticks to its top.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { label, rows, error = null, onRetry, empty, columns, hasMore = false } = props;
  const isPhone = useMedia("phone");
  // In state, not in a ref: the rows below look for their scroll area when they first stand.
  const [table, setTable] = useState<HTMLTableElement | null>(null);
  if (rows === undefined && error !== null) {
    return <ErrorState error={error} what={label} onRetry={onRetry} className="m-5 max-sm:m-4" />;
  }
  if (rows?.length === 0) return <div className="p-5 max-sm:p-4">{empty}</div>;
  return (
    <>
      <table
        ref={setTable}
        aria-label={label}
        aria-busy={rows === undefined || undefined}
        aria-rowcount={countOf(rows, hasMore)}
        className={cx("w-full border-separate border-spacing-0", isPhone && "table-fixed")}
      >
        <Head {...props} isPhone={isPhone} />
        {rows === undefined ? (
          <SkeletonBody columns={isPhone ? 1 : widthOf(props)} />
        ) : (
          <Body {...props} rows={rows} isPhone={isPhone} table={table} />
        )}
        <Foot columns={columns} hasSelection={props.selection !== undefined} isPhone={isPhone} />
      </table>
      {rows === undefined && (
        <div className="px-5">
          <SlowNote onRetry={onRetry} />
        </div>
      )}
      <More {...props} />
    </>
  );
}

type BodyProps<Row> = DataTableProps<Row> & {
  readonly rows: readonly Row[];
  readonly isPhone: boolean;
  readonly table: HTMLTableElement | null;
};

function Body<Row>(props: BodyProps<Row>): ReactElement {
  const { rows, table, keyOf, isPhone, rowHeight = 40 } = props;
  const view = useWindow(table, rows.length, rowHeight, props.renderDetail === undefined);
  const keys = useRowKeys({ ...props, scrollTo: view.scrollTo });
  const width = isPhone ? 1 : widthOf(props);
  return (
    // Keys of the rows, which take the focus themselves.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <tbody onKeyDown={keys.onKeyDown}>
      <Spacer height={view.before} columns={width} />
      {view.indexes.map((index) => {
        const row = rows[index];
        if (row === undefined) return null;
        const key = keyOf(row);
        return (
          <TableRow
            key={key}
            {...props}
            row={row}
            rowKey={key}
            index={index}
            isActive={index === keys.active}
            onActivate={keys.setActive}
            measure={view.measure}
          />
        );
      })}
      <Spacer height={view.after} columns={width} />
    </tbody>
  );
}

/** With the head; -1 says that nobody knows yet. */
function countOf(rows: readonly unknown[] = [], hasMore: boolean): number {
  return hasMore ? -1 : rows.length + 1;
}

function widthOf<Row>({ columns, selection }: DataTableProps<Row>): number {
  return columns.length + (selection === undefined ? 0 : 1);
}

function Head<Row>(props: DataTableProps<Row> & { readonly isPhone: boolean }): ReactElement {
  const { columns, selection, rows = [], keyOf, isPhone } = props;
  const chosen = selection?.selected.size ?? 0;
  return (
    <thead className={isPhone ? "sr-only" : ""}>
      <tr>
        {selection !== undefined && (
          <th scope="col" className={cx(headLook, "w-11 pr-0")}>
            <Checkbox
              label={`Select all ${props.label.toLowerCase()}`}
              isLabelHidden
              checked={chosen === 0 ? false : chosen >= rows.length ? true : "mixed"}
              onChange={(isOn) => selection.onChange(new Set(isOn ? rows.map(keyOf) : []))}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            aria-sort={ariaSort(column, props.sort)}
            className={cx(headLook, column.align === "right" && "text-right", column.className)}
          >
            <HeadText column={column} sort={props.sort} onSort={props.onSort} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

const headLook =
  "sticky top-0 z-(--z-sticky) h-9 border-b bg-surface px-2.5 text-left text-xs font-medium whitespace-nowrap text-subtle first:pl-5 last:pr-5";

type HeadTextProps<Row> = {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
};

function HeadText<Row>({ column, sort, onSort }: HeadTextProps<Row>): ReactElement {
  const { sort: key, head } = column;
  if (key === undefined || onSort === undefined) {
    return <span className={column.isHeadHidden === true ? "sr-only" : ""}>{head}</span>;
  }
  const isUp = sort === key;
  const isDown = sort === `-${key}`;
  const Icon = isDown ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={() => onSort(isUp ? `-${key}` : key)}
      className={cx(
        "group -mx-1 inline-flex h-7 items-center gap-1 rounded-xs px-1 hover:text-default",
        (isUp || isDown) && "text-default",
        column.align === "right" && "flex-row-reverse",
      )}
    >
      {head}
      <Icon
        size={12}
        aria-hidden="true"
        className={cx(!isUp && !isDown && "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60")}
      />
    </button>
  );
}

function ariaSort<Row>(column: Column<Row>, sort: Sort | undefined): "ascending" | "descending" | undefined {
  if (column.sort === undefined || sort === undefined) return undefined;
  if (sort === column.sort) return "ascending";
  return sort === `-${column.sort}` ? "descending" : undefined;
}

function Foot<Row>(props: {
  columns: readonly Column<Row>[];
  hasSelection: boolean;
  isPhone: boolean;
}): ReactElement | null {
  const { columns, hasSelection, isPhone } = props;
  if (isPhone || columns.every(({ foot }) => foot === undefined)) return null;
  const look = "sticky bottom-0 h-9 border-t bg-surface px-2.5 text-xs text-muted first:pl-5 last:pr-5";
  return (
    <tfoot>
      <tr>
        {columns.map(({ key, foot, align, className }, index) => (
          <td
            key={key}
            colSpan={index === 0 && hasSelection ? 2 : 1}
            className={cx(look, align === "right" && "tnum text-right", className)}
          >
            {foot}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

const skeletonWidths = ["w-2/5", "w-1/2", "w-1/3", "w-3/5", "w-5/12", "w-7/12", "w-1/4", "w-3/4"];

function SkeletonBody({ columns }: { readonly columns: number }): ReactElement {
  return (
    <tbody>
      {skeletonWidths.map((width) => (
        <tr key={width} aria-hidden="true">
          <td colSpan={columns} className="h-(--row-default) border-b border-line-subtle px-5">
            <Skeleton className={width} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** Stands for the rows above and below the window. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }): ReactElement | null {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td aria-hidden="true" colSpan={columns} style={{ height }} className="p-0" />
    </tr>
  );
}

function More<Row>({ hasMore = false, isLoadingMore = false, onMore }: DataTableProps<Row>): ReactElement | null {
  if (!hasMore || onMore === undefined) return null;
  return (
    <div className="flex justify-center p-4">
      <Button size="sm" isLoading={isLoadingMore} onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}
