import type { WhatIf } from "@rainmaker/contracts/revenue/earnings";
import { expect, test } from "vitest";
import { paysOf, payText, rateSentence } from "./what-it-pays.ts";

const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: "USD" });
const item = (id: string, commission: string | null, alone = commission): WhatIf["items"][number] => ({
  opportunityId: id as WhatIf["items"][number]["opportunityId"],
  commission: commission === null ? null : usd(commission),
  alone: alone === null ? null : usd(alone),
});
const step = { missing: usd("8400.00"), rate: "0.15" };

test("a sale that takes the month to another rate says which, and what comes after it", () => {
  const items = [item("a", "7200.00")];
  expect(payText({ items })).toBe("$7,200");
  const says = (next: WhatIf["next"]): string | undefined => rateSentence({ items, next });
  expect(says([{ component: "Base", reached: "0.12", step: null }])).toBe("It takes you to 12%.");
  expect(says([{ component: "Base", reached: "0.12", step }])).toBe(
    "It takes you to 12%. From there, $8,400.00 more verified revenue pays 15%.",
  );
  expect(says([{ component: "Base", reached: null, step }])).toBe("With it, $8,400.00 more verified revenue pays 15%.");
  expect(says([{ component: "Base", reached: null, step: null }])).toBeUndefined();
});

test("the rates of another currency are not the sale's, and what no plan counts pays nothing", () => {
  const euros = { missing: { amount: "5.00", currency: "EUR" }, rate: "0.2" };
  const next = [{ component: "Euros", reached: null, step: euros }];
  expect(rateSentence({ items: [item("a", "10.00")], next })).toBeUndefined();
  expect(rateSentence({ items: [item("a", null)], next })).toBeUndefined();
  expect(payText({ items: [item("a", null)] })).toBeUndefined();
});

test("a board shows what each sale would pay by itself, and nothing where that is nothing", () => {
  const items = [item("a", "5328.00"), item("b", "24.00", "4.00"), item("c", null), item("d", "0.00")];
  expect([...paysOf({ items })]).toEqual([
    ["a", "+5,328"],
    ["b", "+4"],
  ]);
});
