import { expect, test } from "vitest";
import { cx } from "./class-names.ts";

test.each([
  ["h-8 px-2", "h-11", "px-2 h-11", "the later height"],
  ["h-(--control-md) px-2.75", "size-10 px-0", "size-10 px-0", "a size is a height and a width"],
  ["rounded-[7px]", "rounded-lg", "rounded-lg", "the later radius"],
  ["text-subtle text-xs", "text-default", "text-xs text-default", "colour and size do not meet"],
  ["text-[12.5px] text-muted", "text-md", "text-muted text-md", "sizes by value too"],
  ["border border-line-strong", "border-danger", "border border-danger", "colour and width do not meet"],
  ["border", "border-0", "border-0", "the later width"],
  ["first:pl-5 pl-2", "first:pl-4", "pl-2 first:pl-4", "each state on its own"],
  ["hover:bg-hover bg-surface", "bg-brand", "hover:bg-hover bg-brand", "each state on its own"],
  ["whitespace-nowrap", "whitespace-normal", "whitespace-normal", "how lines break"],
  ["flex flex-col flex-1", "inline-flex flex-row", "flex-1 inline-flex flex-row", "three things called flex"],
  ["border-b border-line-subtle", "", "border-b border-line-subtle", "a side and its colour"],
  ["border border-dashed", "border-line-strong", "border border-dashed border-line-strong", "style, width and colour"],
  [
    "border-2 border-current/28",
    "border-t-current",
    "border-2 border-current/28 border-t-current",
    "one side's colour",
  ],
  [
    "border-separate border-line",
    "border-spacing-0",
    "border-separate border-line border-spacing-0",
    "a table's lines",
  ],
  ["rounded-lg", "rounded-t-none", "rounded-lg rounded-t-none", "one side's corners"],
  ["rounded-t-none", "rounded-lg", "rounded-lg", "all corners"],
  ["gap-x-5", "gap-y-2", "gap-x-5 gap-y-2", "two directions"],
  ["inset-y-2 right-2", "", "inset-y-2 right-2", "three sides"],
  ["px-5 py-4", "p-0", "p-0", "all sides at once"],
  ["bg-inverse", "bg-[rgb(0_0_0/.14)]", "bg-[rgb(0_0_0/.14)]", "values by hand"],
])("%s, then %s, is %s: %s", (first, second, expected) => {
  expect(cx(first, second)).toBe(expected);
});

test("leaves out what is not there", () => {
  expect(cx("a", false, undefined, null, ["b", { c: true, d: false }])).toBe("a b c");
});
