// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { closePalette, listenForTypeAhead, openPalette, takeTypedAhead } from "./commands.ts";
import { listenForKeys, useKey } from "./keys.ts";

beforeAll(() => {
  listenForKeys();
  listenForTypeAhead();
});
afterEach(() => {
  closePalette();
  cleanup();
});

function Page({ onKey }: { readonly onKey: () => void }): null {
  useKey("c", "Create", onKey);
  return null;
}

const type = (...keys: string[]): void => keys.forEach((key) => fireEvent.keyDown(document.body, { key }));

test("what is typed before the palette stands is kept for it, and is no key of the page", () => {
  const onKey = vi.fn();
  render(<Page onKey={onKey} />);
  openPalette("all", "log ");
  type("c", "a", "x", "Backspace", "Shift", "l");
  expect(onKey).not.toHaveBeenCalled();
  expect(takeTypedAhead()).toBe("log cal");
  closePalette();
  type("c");
  expect(onKey).toHaveBeenCalledTimes(1);
});

test("Escape closes the palette before it stands", () => {
  const onKey = vi.fn();
  render(<Page onKey={onKey} />);
  openPalette();
  type("x", "Escape", "c");
  expect(onKey).toHaveBeenCalledTimes(1);
  expect(takeTypedAhead()).toBe("");
});
