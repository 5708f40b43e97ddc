// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inOrder, useCalmOrder } from "./calm-order.ts";

beforeEach(() => {
  vi.useFakeTimers();
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
});
afterEach(() => vi.useRealTimers());

function List({ names }: { readonly names: readonly string[] }) {
  const { rows, handlers } = useCalmOrder(names, (name) => name);
  return <ol {...handlers}>{rows.join(" ")}</ol>;
}

test("a new order waits while the pointer moves over the rows", () => {
  const holder = document.body.appendChild(document.createElement("div"));
  const root = createRoot(holder);
  const show = (...names: string[]) => act(() => root.render(<List names={names} />));
  show("a", "b");
  const list = holder.querySelector("ol");
  act(() => void list?.dispatchEvent(new PointerEvent("pointermove", { bubbles: true })));
  show("b", "a", "c");
  expect(list?.textContent).toBe("a b c");
  act(() => void vi.advanceTimersByTime(2000));
  expect(list?.textContent).toBe("b a c");
  show("a", "b", "c");
  expect(list?.textContent).toBe("a b c");
});

test("rows that were not there before come last", () => {
  expect(inOrder(["x", "b", "a"], (name) => name, ["a", "b"])).toEqual(["a", "b", "x"]);
});
