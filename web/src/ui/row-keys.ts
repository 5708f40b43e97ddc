import { useState, type KeyboardEvent } from "react";
import { useKey } from "#lib/keys";

export type RowSelection<Row> = {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  /** What the row is called, for "Select Juniper Cold Chain". */
  readonly nameOf: (row: Row) => string;
};

type RowKeysOptions<Row> = {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly selection?: RowSelection<Row> | undefined;
  readonly table: HTMLTableElement | null;
  readonly scrollTo: (index: number) => void;
  /** Letters act wherever the focus is on the page; otherwise only arrows do, on a row. */
  readonly hasPageKeys: boolean;
};

type RowKeys = {
  /** The one row the Tab key reaches. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** Moves through rows by key: the focus goes along, so that screen readers read each row. */
export function useRowKeys<Row>(options: RowKeysOptions<Row>): RowKeys {
  const { rows, keyOf, onOpen, selection, table, scrollTo, hasPageKeys } = options;
  const [active, setActive] = useState(0);
  const [anchor, setAnchor] = useState<number | null>(null);
  const last = rows.length - 1;
  const at = Math.min(active, Math.max(last, 0));
  const hasFocus = (): boolean => table?.contains(document.activeElement) === true;

  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(index, last));
    setActive(next);
    scrollTo(next);
    // After the row has been drawn: far away it was not in the document.
    requestAnimationFrame(() => table?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  };
  // The first J lands on the active row, the next ones move on.
  const step = (by: number): void => moveTo(hasFocus() ? at + by : at);
  const select = (isRange: boolean): void => {
    if (selection === undefined || rows.length === 0) return;
    const from = isRange && anchor !== null ? anchor : at;
    const range = rows.slice(Math.min(from, at), Math.max(from, at) + 1).map(keyOf);
    const next = new Set(selection.selected);
    const isOn = isRange || !range.every((key) => next.has(key));
    for (const key of range) next[isOn ? "add" : "delete"](key);
    if (!isRange) setAnchor(at);
    selection.onChange(next);
  };

  const extend = (by: number): void => {
    if (selection === undefined) return;
    const from = hasFocus() ? at : Math.max(at - by, 0);
    const to = Math.max(0, Math.min(from + by, last));
    const keys = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(keyOf);
    selection.onChange(new Set([...selection.selected, ...keys]));
    setAnchor((before) => before ?? from);
    moveTo(to);
  };
  const hasRows = hasPageKeys && rows.length > 0;
  const isSelectable = hasRows && selection !== undefined;
  useKey("shift+j", "Select and go down", () => extend(1), { isActive: isSelectable });
  useKey("shift+k", "Select and go up", () => extend(-1), { isActive: isSelectable });
  useKey("mod+a", "Select all rows", () => selection?.onChange(new Set(rows.map(keyOf))), { isActive: isSelectable });
  useKey("j", "Next row", () => step(1), { isActive: hasRows });
  useKey("k", "Previous row", () => step(-1), { isActive: hasRows });
  useKey("x", "Select the row", () => select(false), { isActive: isSelectable });
  useKey("shift+x", "Select up to the row", () => select(true), { isActive: isSelectable });

  const onKeyDown = (event: KeyboardEvent): void => {
    // Only on the row itself: links and fields in it have their own keys.
    if (!(event.target instanceof HTMLTableRowElement)) return;
    const row = rows[at];
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) moveTo(next);
    else if (event.key === "Enter" && onOpen !== undefined && row !== undefined) onOpen(row);
    else return;
    event.preventDefault();
  };
  return { active: at, setActive, onKeyDown };
}
