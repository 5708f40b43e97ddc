import { describe, expect, test } from "vitest";
import { headersKey, requireUndoTime } from "./import.ts";

describe("undoing", () => {
  const finished = { finishedAt: "2026-10-01T12:00:00.000Z" };

  test("is possible for thirty days and refused afterwards", () => {
    expect(() => requireUndoTime(finished, new Date("2026-10-31T12:00:00.000Z"))).not.toThrow();
    expect(() => requireUndoTime(finished, new Date("2026-10-31T12:00:01.000Z"))).toThrow("for 30 days");
  });
});

describe("files of one source", () => {
  const columns = (...headers: string[]) => headers.map((header, index) => ({ index, header, samples: [] }));

  test("are told by their headers, in whatever order and spelling of spaces", () => {
    expect(headersKey(columns("Account Name", "close_date"))).toBe(headersKey(columns("Close date", "account name")));
    expect(headersKey(columns("Name"))).not.toBe(headersKey(columns("Name", "Phone")));
  });
});
