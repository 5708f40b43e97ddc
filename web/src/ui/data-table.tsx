import { useEffect, useRef, useState, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { useMedia } from "#lib/media";
import { Button } from "#ui/button";
import { ErrorState } from "#ui/error-state";
import { SlowNote } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import { TableHead } from "#ui/table-head";
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
  /** Pixels somebody gave it; as wide as it needs otherwise. */
  readonly width?: number | undefined;
};

/** As contracts write it: "amount" ascending, "-amount" descending, "stage,-amount" by two keys. */
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
  /** Offers to draw columns to other widths. */
  readonly onResize?: ((key: string, width: number) => void) | undefined;
  /** One of several tables among which the keys of rows are shared: its columns stand under those of the first. */
  readonly isPart?: boolean | undefined;
  readonly isHeadHidden?: boolean | undefined;
};

/**
 * Rows with one verb each. J, K and arrows move, Enter opens, X selects, Shift X selects up to here. Above a hundred
 * rows only those in view are in the document. Put it in a PageBody without padding: the head sticks to its top.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { label, rows, error, onRetry, empty, columns, hasMore } = props;
  const isPhone = useMedia("phone");
  // In state, not in a ref: the rows below look for their scroll area when they first stand.
  const [table, setTable] = useState<HTMLTableElement | null>(null);
  if (rows === undefined && error != null) {
    return <ErrorState error={error} what={label} onRetry={onRetry} className="m-5 max-sm:m-4" />;
  }
  if (rows?.length === 0) return <div className="p-5 max-sm:p-4">{empty}</div>;
  const isFixed = isPhone || props.isPart === true;
  return (
    <>
      <table
        ref={setTable}
        aria-label={label}
        aria-busy={rows === undefined || undefined}
        aria-rowcount={countOf(rows, hasMore)}
        className={cx("w-full border-separate border-spacing-0", isFixed && "table-fixed")}
      >
        <Widths {...props} isPhone={isPhone} />
        <TableHead {...props} isPhone={isPhone} />
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

/** Tables that are parts of one list have the same columns under one another, whatever stands in them. */
function Widths<Row>(props: DataTableProps<Row> & { readonly isPhone: boolean }): ReactElement | null {
  const { columns, selection, isPart = false, isPhone } = props;
  if (!isPart || isPhone) return null;
  return (
    <colgroup>
      {selection !== undefined && <col className="w-11" />}
      {columns.map(({ key, width, className }, place) => (
        <col key={key} className={className} style={{ width: width ?? (place === 0 ? "22%" : undefined) }} />
      ))}
    </colgroup>
  );
}

type BodyProps<Row> = DataTableProps<Row> & {
  readonly rows: readonly Row[];
  readonly isPhone: boolean;
  readonly table: HTMLTableElement | null;
};

function Body<Row>(props: BodyProps<Row>): ReactElement {
  const { rows, table, keyOf, isPhone, rowHeight = 40 } = props;
  const isPart = props.isPart === true;
  const view = useWindow(table, rows.length, rowHeight, props.renderDetail === undefined && !isPart);
  const keys = useRowKeys({ ...props, hasPageKeys: !isPart, scrollTo: view.scrollTo });
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
function countOf(rows: readonly unknown[] = [], hasMore = false): number {
  return hasMore ? -1 : rows.length + 1;
}

function widthOf<Row>({ columns, selection }: DataTableProps<Row>): number {
  return columns.length + (selection === undefined ? 0 : 1);
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

/** Reads on by itself when its end comes into view, or when it is pressed. */
function More<Row>({ hasMore = false, isLoadingMore = false, onMore }: DataTableProps<Row>): ReactElement | null {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = isLoadingMore ? undefined : onMore;
  });
  useEffect(() => {
    const element = place.current;
    if (element === null || typeof IntersectionObserver === "undefined") return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) latest.current?.();
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
  if (!hasMore || onMore === undefined) return null;
  return (
    <div ref={place} className="flex justify-center p-4">
      <Button size="sm" isLoading={isLoadingMore} onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}
