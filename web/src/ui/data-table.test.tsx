// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState, type ReactElement } from "react";
import { createPortal } from "react-dom";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { listenForKeys } from "../lib/keys.ts";
import { DataTable, type DataTableProps } from "./data-table.tsx";

beforeAll(() => listenForKeys());
afterEach(cleanup);

type Row = { readonly id: string };

const rows: readonly Row[] = ["a", "b", "c", "d"].map((id) => ({ id }));

function Table(props: Partial<DataTableProps<Row>>): ReactElement {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  return (
    <DataTable
      label="Letters"
      columns={[{ key: "id", head: "Letter", sort: "id", render: ({ id }) => id }]}
      rows={rows}
      keyOf={({ id }) => id}
      renderPhone={({ id }) => id}
      empty="Nothing"
      onRetry={() => undefined}
      selection={{ selected, onChange: setSelected, nameOf: ({ id }) => id }}
      {...props}
    />
  );
}

const press = (key: string, init: KeyboardEventInit = {}): boolean =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });
const focusedRow = (): string | undefined => (document.activeElement as HTMLElement).dataset["row"];
const checked = (): string[] =>
  screen
    .getAllByRole<HTMLInputElement>("checkbox")
    .filter((box) => box.checked)
    .map((box) => (box.id === "" ? "" : (box.labels?.[0]?.textContent ?? "")));

test("J and K move through the rows, Enter opens the one with the focus", async () => {
  const onOpen = vi.fn();
  render(<Table onOpen={onOpen} />);
  press("j");
  await waitFor(() => expect(focusedRow()).toBe("0"));
  press("j");
  await waitFor(() => expect(focusedRow()).toBe("1"));
  press("k");
  await waitFor(() => expect(focusedRow()).toBe("0"));
  press("Enter");
  expect(onOpen).toHaveBeenCalledWith({ id: "a" });
});

test("X selects a row, Shift X up to another", async () => {
  render(<Table />);
  press("j");
  await waitFor(() => expect(focusedRow()).toBe("0"));
  press("x");
  expect(checked()).toEqual(["Select a"]);
  press("ArrowDown");
  await waitFor(() => expect(focusedRow()).toBe("1"));
  press("ArrowDown");
  await waitFor(() => expect(focusedRow()).toBe("2"));
  press("X", { shiftKey: true });
  expect(checked()).toEqual(["Select a", "Select b", "Select c"]);
});

test("the head says the order and turns it round", () => {
  const onSort = vi.fn();
  const { rerender } = render(<Table sort="id" onSort={onSort} />);
  expect(screen.getByRole("columnheader", { name: /Letter/ }).getAttribute("aria-sort")).toBe("ascending");
  fireEvent.click(screen.getByRole("button", { name: /Letter/ }));
  expect(onSort).toHaveBeenCalledWith("-id");
  rerender(<Table sort="-id" onSort={onSort} />);
  expect(screen.getByRole("columnheader", { name: /Letter/ }).getAttribute("aria-sort")).toBe("descending");
});

test("before the first answer there is room for it, without rows there is a way on, after a failure a way to try again", () => {
  const { container, rerender } = render(<Table rows={undefined} />);
  expect(container.querySelector("table")?.getAttribute("aria-busy")).toBe("true");
  rerender(<Table rows={[]} />);
  expect(screen.getByText("Nothing")).toBeTruthy();
  rerender(<Table rows={undefined} error={new Error("no")} />);
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

test("a click in a layer that was opened from a row does not open the row", () => {
  const onOpen = vi.fn();
  const withLayer = (id: string): ReactElement => <>{createPortal(<p>Delete {id}</p>, document.body)}</>;
  const columns = [{ key: "id", head: "Letter", render: ({ id }: Row) => (id === "b" ? withLayer(id) : id) }];
  render(<Table columns={columns} onOpen={onOpen} />);
  fireEvent.click(screen.getByText("Delete b"));
  expect(onOpen).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText("c"));
  expect(onOpen.mock.calls).toEqual([[{ id: "c" }]]);
});
