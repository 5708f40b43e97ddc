import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { coalesce } from "./coalesce.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(): { acts: string[]; mention: (key: string) => void } {
  const acts: string[] = [];
  return {
    acts,
    mention: coalesce(
      (key: string) => acts.push(key),
      () => 300,
    ),
  };
}

test("acts at once on the first mention", () => {
  const { acts, mention } = setUp();
  mention("deal");
  expect(acts).toEqual(["deal"]);
});

test("a burst costs one act now and one at the end of the window", () => {
  const { acts, mention } = setUp();
  for (let count = 0; count < 50; count += 1) mention("deal");
  expect(acts).toEqual(["deal"]);
  vi.advanceTimersByTime(300);
  expect(acts).toEqual(["deal", "deal"]);
  vi.advanceTimersByTime(10_000);
  expect(acts).toEqual(["deal", "deal"]);
});

test("a steady stream costs one act per window, and the last mention is never missed", () => {
  const { acts, mention } = setUp();
  for (let elapsed = 0; elapsed < 3000; elapsed += 50) {
    mention("deal");
    vi.advanceTimersByTime(50);
  }
  vi.advanceTimersByTime(300);
  expect(acts.length).toBeLessThanOrEqual(12);
  expect(acts.length).toBeGreaterThanOrEqual(10);
});

test("keys do not wait for each other", () => {
  const { acts, mention } = setUp();
  mention("deal");
  mention("payment");
  expect(acts).toEqual(["deal", "payment"]);
});

test("after a quiet window the next mention acts at once again", () => {
  const { acts, mention } = setUp();
  mention("deal");
  vi.advanceTimersByTime(300);
  mention("deal");
  expect(acts).toEqual(["deal", "deal"]);
});
