import { describe, expect, test } from "vitest";
import type { QueueItem } from "./queue-order.ts";
import { barOf, waitOf } from "./queue-words.ts";

describe("waitOf", () => {
  test.each([
    [0, "now"],
    [59, "now"],
    [60, "1 min"],
    [3599, "59 min"],
    [3600, "1 h"],
    [86_399, "23 h"],
    [86_400, "1 d"],
    [100_800, "1 d 4 h"],
  ])("%i seconds: %s", (seconds, words) => expect(waitOf(seconds)).toBe(words));
});

describe("barOf", () => {
  const item = (status: string, barred: QueueItem["barred"] = null): Pick<QueueItem, "payment" | "barred"> =>
    ({ payment: { status, decisions: [{ by: { name: "Owen Clarke" } }] }, barred }) as never;

  test("nothing stands in the way of a payment that waits", () => {
    expect(barOf(item("submitted"), false)).toBeUndefined();
  });
  test("says who was faster", () => {
    expect(barOf(item("verified"), false)).toBe("Verified by Owen Clarke. That is final.");
    expect(barOf(item("rejected"), false)).toBe("Sent back by Owen Clarke.");
  });
  test("says why it is not this person's to decide, also offline", () => {
    expect(barOf(item("submitted", "submitted_by_you"), true)).toContain("You recorded this.");
  });
  test("is off without a network", () => expect(barOf(item("submitted"), true)).toContain("network"));
});
