import { expect, test } from "vitest";
import { daysOfSpan, type Span } from "./span.ts";

test.each<[Span, string, string, string]>([
  ["last-12-months", "2026-11-20", "2025-12-01", "2026-11-30"],
  ["this-month", "2026-02-10", "2026-02-01", "2026-02-28"],
  ["this-quarter", "2026-11-20", "2026-10-01", "2026-11-30"],
  ["this-quarter", "2026-01-01", "2026-01-01", "2026-01-31"],
  ["this-year", "2026-11-20", "2026-01-01", "2026-11-30"],
])("%s as of %s runs from %s to %s", (span, today, from, to) => {
  expect(daysOfSpan(span, today)).toEqual({ from, to });
});
