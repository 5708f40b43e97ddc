// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { afterPress } from "./after-press.ts";

const send = (type: string): boolean => dispatchEvent(new Event(type));

test("what is left by key is judged at once", () => {
  let runs = 0;
  afterPress(() => (runs += 1));
  expect(runs).toBe(1);
});

test.each(["pointerup", "pointercancel"])("while the pointer is down nothing moves; %s runs it, once", (end) => {
  let runs = 0;
  send("pointerdown");
  afterPress(() => (runs += 1));
  expect(runs).toBe(0);
  send(end);
  send(end);
  expect(runs).toBe(1);
});
