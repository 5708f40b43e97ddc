import { planSentences } from "@rainmaker/contracts/revenue/plan-document";
import { PlanTerms } from "@rainmaker/contracts/revenue/plans";
import { describe, expect, test } from "vitest";
import { amountOf, changedSentences, freeName, newRate, newSpiff, percentOf, shareOfPercent } from "./plan-values.ts";

describe("what is typed and what is sent", () => {
  test.each([
    ["6", "0.06"],
    ["7.25", "0.0725"],
    ["100", "1"],
    ["130", "1.3"],
    ["0", "0"],
    ["0.5", "0.005"],
    ["12.345678", "0.12345678"],
  ])("%s %% is %s, and the other way round", (percent, share) => {
    expect([shareOfPercent(percent), percentOf(share)]).toEqual([share, percent]);
  });

  test("a comma and a percent sign are understood, and what is no number is left to be refused", () => {
    expect([shareOfPercent("7,5 %"), shareOfPercent("seven"), percentOf("seven")]).toEqual(["0.075", "seven", "seven"]);
  });

  test("sums get the decimals of their currency", () => {
    expect([amountOf("1,250", 2), amountOf("1250.5", 2), amountOf("1250", 0), amountOf("1.234", 2)]).toEqual([
      "1250.00",
      "1250.50",
      "1250",
      "1.234",
    ]);
  });
});

describe("the text of a plan", () => {
  const base = newRate("Base");
  const textOf = (...components: PlanTerms["components"]) => planSentences({ currency: "USD", components });

  test("new rules are valid, with names of their own", () => {
    const rules = [base, newSpiff(freeName("Base", [base]))];
    expect(PlanTerms.safeParse({ currency: "USD", components: rules }).success).toBe(true);
    expect(rules[1]?.name).toBe("Base 2");
  });

  test("says what each rule pays, and marks what is new", () => {
    const steep = {
      ...base,
      basis: "attainment" as const,
      tiers: [
        { from: "0", rate: "0.06" },
        { from: "1", rate: "0.09" },
        { from: "1.3", rate: "0.12" },
      ],
      cap: "60000.00",
    };
    const after = textOf(steep, newSpiff("New logo"));
    expect(after).toContain(
      "Base: on what is credited to you. Up to 100% of quota you earn 6%, from there to 130% of quota 9%, from 130% of quota 12%. A higher rate never changes what you already earned in the month.",
    );
    expect(after).toContain("Base pays at most 60,000 USD in a month. Anything above is shown as its own line.");
    expect(after.some((sentence) => sentence.startsWith("New logo: 250 USD for each deal"))).toBe(true);
    expect(changedSentences(textOf(base), after).size).toBe(4);
  });
});
