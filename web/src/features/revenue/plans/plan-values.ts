import type { PlanRuleTerms, PlanStatus, RateRule, SpiffRule } from "@rainmaker/contracts/revenue/plans";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import type { Tone } from "#ui/badge";

/** "0.075" as people type it: "7.5". What is no decimal stays as it was typed, for the contract to refuse. */
export function percentOf(share: string): string {
  return /^\d+(\.\d*)?$/.test(share) ? rateText(share).slice(0, -1) : share;
}

/** "7.5" as the decimal that is sent, "0.075"; digit by digit, never through a float. */
export function shareOfPercent(percent: string): string {
  const match = /^(\d+)(?:[.,](\d*))?\s*%?$/.exec(percent.trim());
  if (match === null) return percent;
  const [, whole = "0", fraction = ""] = match;
  const padded = whole.padStart(3, "0");
  const decimals = `${padded.slice(-2)}${fraction}`.replace(/0+$/, "");
  const head = padded.slice(0, -2).replace(/^0+(?=\d)/, "");
  return decimals === "" ? head : `${head}.${decimals}`;
}

/** A sum as it is sent: "1,250" of dollars is "1250.00". */
export function amountOf(text: string, digits: number): string {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text.trim().replaceAll(/[,\s]/g, ""));
  if (match === null) return text;
  const [, whole = "0", fraction = ""] = match;
  if (fraction.length > digits) return text;
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, "0")}`;
}

/** A rule that pays a rate, as a new one begins. */
export function newRate(name: string): RateRule {
  return {
    kind: "rate",
    name,
    credit: "revenue",
    tiers: [{ from: "0", rate: "0.06" }],
    mode: "marginal",
    basis: "amount",
    boundary: "lower_inclusive",
    threshold: null,
    zeroQuota: "base_rate_only",
    cap: null,
    bonuses: [],
    rounding: "half_up",
  };
}

export function newSpiff(name: string): SpiffRule {
  return { kind: "spiff", name, credit: "revenue", perDeal: "250.00", budget: null };
}

/** A name no other rule has: "Base", "Base 2". */
export function freeName(wanted: string, rules: readonly PlanRuleTerms[]): string {
  const taken = new Set(rules.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name)) return name;
  }
}

export const statusNames: Readonly<Record<PlanStatus, { readonly label: string; readonly tone: Tone }>> = {
  draft: { label: "Draft", tone: "warning" },
  in_review: { label: "In review", tone: "info" },
  approved: { label: "Approved", tone: "success" },
  retired: { label: "Over", tone: "neutral" },
};

/** The sentences of a version that the one before does not have. */
export function changedSentences(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const known = new Set(before);
  return new Set(after.filter((sentence) => !known.has(sentence)));
}
