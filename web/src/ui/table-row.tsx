import { useEffect, useRef, type MouseEvent, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Checkbox } from "#ui/checkbox";
import type { DataTableProps } from "#ui/data-table";
import { widthStyle } from "#ui/table-head";
import { ActiveRow } from "./active-row.ts";

type TableRowProps<Row> = DataTableProps<Row> & {
  readonly row: Row;
  readonly rowKey: string;
  readonly index: number;
  readonly isPhone: boolean;
  /** The one row the Tab key reaches. */
  readonly isActive: boolean;
  readonly onActivate: (index: number) => void;
  readonly measure: (element: Element | null) => void;
};

const heights = {
  34: "h-(--row-compact)",
  40: "h-(--row-default)",
  42: "h-[42px] pointer-coarse:h-[52px]",
  54: "h-[54px] pointer-coarse:h-14",
} as const;

export function TableRow<Row>(props: TableRowProps<Row>): ReactElement {
  const { row, rowKey, index, selection, isPhone, onOpen, onActivate, renderDetail, currentKey, measure } = props;
  const element = useRef<HTMLTableRowElement>(null);
  const isCurrent = currentKey === rowKey;
  const isSelected = selection?.selected.has(rowKey) === true;
  const detail = isCurrent ? renderDetail?.(row) : undefined;
  useEffect(() => measure(element.current), [measure]);

  const openOnClick = (event: MouseEvent): void => {
    onActivate(index);
    const target = event.target as Element;
    // Links, buttons and marked text keep their own meaning; so do layers opened from the row, which are elsewhere in the
    // document and whose clicks React still brings here.
    const isOwn = target.closest("a, button, input, label, select") !== null || !event.currentTarget.contains(target);
    if (!isOwn && getSelection()?.isCollapsed !== false) onOpen?.(row);
  };
  return (
    <>
      <tr
        ref={element}
        data-index={index}
        data-row={index}
        data-row-key={rowKey}
        tabIndex={props.isActive ? 0 : -1}
        aria-rowindex={index + 2}
        aria-current={isCurrent ? "true" : undefined}
        onClick={openOnClick}
        onFocus={() => onActivate(index)}
        className={cx(
          "group -outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus",
          onOpen !== undefined && "cursor-pointer",
          isSelected || isCurrent ? "bg-selected" : "hover:bg-hover",
        )}
      >
        <ActiveRow value={props.isActive}>
          <Cells {...props} isCurrent={isCurrent} isSelected={isSelected} hasDetail={detail != null} />
        </ActiveRow>
      </tr>
      {detail != null && (
        <tr>
          <td
            colSpan={isPhone ? 1 : props.columns.length + (selection === undefined ? 0 : 1)}
            className="border-b border-line-subtle bg-selected px-5 max-sm:px-3"
          >
            {detail}
          </td>
        </tr>
      )}
    </>
  );
}

type CellsProps<Row> = TableRowProps<Row> & {
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly hasDetail: boolean;
};

function Cells<Row>(props: CellsProps<Row>): ReactElement {
  const { row, rowKey, columns, selection, isPhone, isCurrent, isSelected, hasDetail, rowHeight = 40 } = props;
  const look = cx(
    "border-b border-line-subtle px-2.5 whitespace-nowrap first:pl-5 last:pr-5",
    heights[rowHeight],
    isCurrent && "first:shadow-[inset_2px_0_0_var(--brand-solid)]",
    hasDetail && "border-transparent",
  );
  if (isPhone) {
    return <td className={cx(look, "h-14 py-2 whitespace-normal first:pl-4 last:pr-4")}>{props.renderPhone(row)}</td>;
  }
  return (
    <>
      {selection !== undefined && (
        <td className={cx(look, "pr-0")}>
          <Checkbox
            label={`Select ${selection.nameOf(row)}`}
            isLabelHidden
            checked={isSelected}
            onChange={() => selection.onChange(toggled(selection.selected, rowKey))}
          />
        </td>
      )}
      {columns.map(({ key, render, align, className, width }) => (
        <td
          key={key}
          style={widthStyle(width)}
          className={cx(
            look,
            align === "right" && "tnum text-right",
            className,
            width !== undefined && "overflow-hidden",
          )}
        >
          {render(row)}
        </td>
      ))}
    </>
  );
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}
