import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Checkbox } from "#ui/checkbox";
import type { Column, DataTableProps } from "#ui/data-table";
import { sortAfterClick, sortedBy } from "./sort-keys.ts";

type HeadProps<Row> = DataTableProps<Row> & { readonly isPhone: boolean };

/** Names of the columns. A click orders by one, Shift and click by one more; its edge is drawn to another width. */
export function TableHead<Row>(props: HeadProps<Row>): ReactElement {
  const { columns, selection, rows = [], keyOf, isPhone, isHeadHidden = false } = props;
  const chosen = selection?.selected.size ?? 0;
  return (
    <thead className={isPhone || isHeadHidden ? "sr-only" : ""}>
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
            style={widthStyle(column.width)}
            className={cx(headLook, column.align === "right" && "text-right", column.className)}
          >
            <HeadText column={column} sort={props.sort} onSort={props.onSort} />
            {props.onResize !== undefined && column.isHeadHidden !== true && (
              <WidthHandle column={column} onResize={props.onResize} />
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const headLook =
  "group/head sticky top-0 z-(--z-sticky) h-9 border-b bg-surface px-2.5 text-left text-xs font-medium whitespace-nowrap text-subtle first:pl-5 last:pr-5";

/** A column that was drawn to a width keeps it, whatever stands in it. */
export function widthStyle(
  width: number | undefined,
): { width: number; minWidth: number; maxWidth: number } | undefined {
  return width === undefined ? undefined : { width, minWidth: width, maxWidth: width };
}

type HeadTextProps<Row> = {
  readonly column: Column<Row>;
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
};

function HeadText<Row>({ column, sort, onSort }: HeadTextProps<Row>): ReactElement {
  const { sort: key, head } = column;
  if (key === undefined || onSort === undefined) {
    return <span className={column.isHeadHidden === true ? "sr-only" : ""}>{head}</span>;
  }
  const sorted = sortedBy(sort, key);
  const Icon = sorted?.isDescending === true ? ArrowDown : ArrowUp;
  const click = (event: MouseEvent): void => onSort(sortAfterClick(sort, key, event.shiftKey));
  return (
    <button
      type="button"
      onClick={click}
      className={cx(
        "group -mx-1 inline-flex h-7 items-center gap-1 rounded-xs px-1 hover:text-default",
        sorted !== undefined && "text-default",
        column.align === "right" && "flex-row-reverse",
      )}
    >
      {head}
      <Icon
        size={12}
        aria-hidden="true"
        className={cx(sorted === undefined && "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60")}
      />
      {sorted?.place != null && (
        <span className="tnum text-[10px]">
          <span className="sr-only">, key </span>
          {sorted.place}
        </span>
      )}
    </button>
  );
}

/** Readers of the screen are told of the first key alone: two heads at once cannot be said to them. */
function ariaSort<Row>(column: Column<Row>, sort: string | undefined): "ascending" | "descending" | undefined {
  const sorted = column.sort === undefined ? undefined : sortedBy(sort, column.sort);
  if (sorted === undefined || (sorted.place ?? 1) > 1) return undefined;
  return sorted.isDescending ? "descending" : "ascending";
}

const [leastWidth, mostWidth, keyStep] = [60, 900, 16];

type WidthHandleProps<Row> = {
  readonly column: Column<Row>;
  readonly onResize: (key: string, width: number) => void;
};

/** The edge of a column: drawn with the pointer, or moved by the arrow keys. */
function WidthHandle<Row>({ column, onResize }: WidthHandleProps<Row>): ReactElement {
  const drawn = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const { key, head, width } = column;
  const resize = (next: number): void => onResize(key, Math.trunc(Math.min(mostWidth, Math.max(leastWidth, next))));
  const widthOf = (target: EventTarget & Element): number => width ?? target.parentElement?.offsetWidth ?? leastWidth;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(widthOf(event.currentTarget) + step);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drawn.current = { x: event.clientX, width: widthOf(event.currentTarget) };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (drawn.current !== null) resize(drawn.current.width + event.clientX - drawn.current.x);
  };
  return (
    // A separator that can be moved is a widget: it has the focus and keys of one, which a rule of a text has not.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <span
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${head}`}
      aria-valuenow={width ?? 0}
      aria-valuemin={leastWidth}
      aria-valuemax={mostWidth}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drawn.current = null)}
      className="absolute inset-y-1.5 right-0 w-1.5 cursor-col-resize touch-none rounded-xs hover:bg-strong focus-visible:bg-brand pointer-coarse:hidden"
    />
  );
}
