import { expect, test } from "vitest";
import { nameParts, workOf } from "./contact-words.ts";
import { tagsIn } from "./lists.ts";

test("the last word of a name is the last name", () => {
  expect(nameParts(" Ruth  Ann Adeyemi ")).toEqual({ firstName: "Ruth Ann", lastName: "Adeyemi" });
  expect(nameParts("Ruth")).toEqual({ firstName: "Ruth" });
});

test("what somebody does is told with the first of their customers", () => {
  const kestrel = { id: "k1" as never, name: "Kestrel", role: null };
  expect(workOf({ title: "CFO", customers: [kestrel] })).toBe("CFO, Kestrel");
  expect(workOf({ title: null, customers: [] })).toBeUndefined();
});

test("short texts between commas count once each", () => {
  expect(tagsIn("fleet, key account; fleet,,")).toEqual(["fleet", "key account"]);
});
