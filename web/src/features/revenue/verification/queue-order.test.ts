import { describe, expect, test } from "vitest";
import { afterDeciding, firstOf, neighbourOf } from "./queue-order.ts";

const item = (id: string, barred: "your_deal" | null = null) => ({ payment: { id: id as never }, barred });
const idOf = (found: { payment: { id: string } } | undefined): string | undefined => found?.payment.id;

describe("the queue", () => {
  const items = [item("own", "your_deal"), item("a"), item("own2", "your_deal"), item("b")];

  test("starts with the oldest that may be decided", () => expect(idOf(firstOf(items))).toBe("a"));
  test("shows the oldest where none may be decided", () => expect(idOf(firstOf(items.slice(0, 1)))).toBe("own"));
  test("has no first when it is empty", () => expect(firstOf([])).toBeUndefined());
  test("skips what may not be decided, both ways", () => {
    expect(idOf(neighbourOf(items, "a", 1))).toBe("b");
    expect(idOf(neighbourOf(items, "b", -1))).toBe("a");
  });
  test("ends at its ends", () => {
    expect(neighbourOf(items, "b", 1)).toBeUndefined();
    expect(neighbourOf(items, "a", -1)).toBeUndefined();
  });
  test("starts over from what is no longer in it", () => expect(idOf(neighbourOf(items, "gone", 1))).toBe("a"));
  test("goes on after a decision, and back at its end", () => {
    expect(idOf(afterDeciding(items, "a"))).toBe("b");
    expect(idOf(afterDeciding(items, "b"))).toBe("a");
    expect(afterDeciding(items.slice(0, 2), "a")).toBeUndefined();
  });
});
