import type { PeriodStatement } from "@rainmaker/contracts/revenue/periods";
import { describe, expect, test } from "vitest";
import { deviationOf, isPlain, outliersFirst, standoutsOf } from "./standouts.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });
const statement = (changes: Partial<PeriodStatement> = {}): PeriodStatement => ({
  id: null,
  participant: { id: "m", name: "Maya Okafor" } as unknown as PeriodStatement["participant"],
  state: "issued",
  credited: usd("1000.00"),
  earned: usd("60.00"),
  usual: usd("60.00"),
  adjusted: usd("0.00"),
  broughtForward: usd("0.00"),
  payable: usd("60.00"),
  openDisputes: 0,
  approvedBy: null,
  approvedAt: null,
  ...changes,
});
const named = (name: string, changes: Partial<PeriodStatement>) =>
  statement({ participant: { id: name, name } as unknown as PeriodStatement["participant"], ...changes });

test.each([
  ["60.00", "60.00", 0],
  ["22.20", "60.00", -63],
  ["78.60", "60.00", 31],
  ["60.00", "0.00", null],
  ["60.00", "-5.00", null],
])("a month of %s against a usual one of %s is %s %% off", (earned, usual, expected) => {
  expect(deviationOf({ earned: usd(earned), usual: usd(usual) })).toBe(expected);
});

describe("what stands out", () => {
  test("is a dispute, a correction, what is owed and what is below zero, in words", () => {
    const owed = statement({ openDisputes: 2, adjusted: usd("-4.00"), broughtForward: usd("-40.00") });
    expect(standoutsOf(owed).map(({ text }) => text)).toEqual(["2 disputes", "Corrected −4.00", "Owed −40.00"]);
    const negative = statement({ earned: usd("-40.00"), payable: usd("0.00") });
    expect(standoutsOf(negative).map(({ text }) => text)).toEqual(["Below zero"]);
  });

  test("is not approved together with the rest: from a fifth off the usual month on, or with anything to say", () => {
    expect(isPlain(statement())).toBe(true);
    expect(isPlain(statement({ earned: usd("71.00") }))).toBe(true);
    expect(isPlain(statement({ earned: usd("72.00") }))).toBe(false);
    expect(isPlain(statement({ openDisputes: 1 }))).toBe(false);
  });

  test("comes first, the most unusual of it before the rest, then by name", () => {
    const ordered = outliersFirst([
      named("Bo", {}),
      named("Ann", {}),
      named("Far", { earned: usd("6.00") }),
      named("Asked", { openDisputes: 1 }),
    ]);
    expect(ordered.map(({ participant }) => participant.name)).toEqual(["Asked", "Far", "Ann", "Bo"]);
  });
});
