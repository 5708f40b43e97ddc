import { expect, test } from "vitest";
import { defaultChoice, differingRows, movedText, reasonsText } from "./merge-fields.ts";

const one = {
  id: "1",
  number: "CUS-1",
  version: 1,
  name: "Kestrel",
  industry: null,
  phone: "1",
  owner: { id: "m", name: "Maya" },
};
const two = {
  id: "2",
  number: "CUS-2",
  version: 1,
  name: "Kestrel Ltd",
  industry: "Air",
  phone: "1",
  owner: { id: "n", name: "Noor" },
};

test("only fields that differ ask for a choice, and each has one from the start", () => {
  const rows = differingRows("customer", [one, two]);
  expect(rows.map(({ label, values }) => [label, ...values])).toEqual([
    ["Name", "Kestrel", "Kestrel Ltd"],
    ["Industry", "", "Air"],
    ["Owner", "Maya", "Noor"],
  ]);
  expect(rows.map((row) => defaultChoice(row, [one, two], "1"))).toEqual(["1", "2", "1"]);
});

test("what moves and what is alike is said in words", () => {
  expect(
    movedText([
      { what: "deal", count: 2 },
      { what: "payment", count: 1 },
    ]),
  ).toBe("2 deals, 1 payment");
  expect(movedText([])).toBe("Nothing else hangs on the others");
  expect(reasonsText(["email", "near_name"])).toBe("same e-mail, nearly the same name");
});
