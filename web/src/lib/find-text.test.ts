import { describe, expect, test } from "vitest";
import { findText, saysWhole, type TextPiece } from "./find-text.ts";

const piece = (text: string, x: number, y: number, width = text.length * 5): TextPiece => ({
  text,
  x,
  y,
  width,
  height: 10,
});

describe("findText", () => {
  test("frames the piece that says it", () => {
    expect(findText([piece("Amount", 60, 480), piece("54,200.00", 400, 480)], ["54,200.00"])).toEqual([
      400, 477.5, 445, 489.5,
    ]);
  });

  test("frames only the words that were looked for, not the whole line", () => {
    expect(findText([piece("USD 54,200.00", 400, 480, 130)], ["54,200.00"])).toEqual([440, 477.5, 530, 489.5]);
  });

  test("reads pieces that stand close together as one", () => {
    const pieces = [piece("54,", 100, 50, 15), piece("200.00", 115, 50, 30)];
    expect(findText(pieces, ["54,200.00"])).toEqual([100, 47.5, 145, 59.5]);
  });

  test("does not read across columns or lines", () => {
    expect(findText([piece("54,", 100, 50, 15), piece("200.00", 300, 50, 30)], ["54,200.00"])).toBeNull();
    expect(findText([piece("54,", 100, 50, 15), piece("200.00", 115, 30, 30)], ["54,200.00"])).toBeNull();
  });

  test("takes the first of several ways to write it that is there", () => {
    expect(findText([piece("13.11.2026", 10, 10)], ["2026-11-13", "13.11.2026"])).not.toBeNull();
  });
});

describe("saysWhole", () => {
  test.each([
    ["USD 54,200.00", "54,200.00", true],
    ["USD 54,200.00", "4,200.00", false],
    ["USD 54,200.00", "200.00", false],
    ["USD 54,200.00", "54,200", false],
    ["Total 54 200,00 EUR", "200,00", false],
    ["DL-2420", "DL-242", false],
    ["for DL-242.", "DL-242", true],
    ["THORNBURY CLINICS", "Thornbury Clinics", true],
    ["anything", "", false],
  ])("%s says %s: %s", (text, writing, expected) => expect(saysWhole(text, writing)).toBe(expected));
});
