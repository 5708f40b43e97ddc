import { parseAmount } from "@rainmaker/contracts/money";
import type { PlanRuleTerms, PlanTerms, RateRule, SpiffRule } from "@rainmaker/contracts/revenue/plans";
import { invalidField, Refusal } from "#platform/errors";
import { compare, parseRational, rational, zero } from "../money/rational.ts";
import type { StoredBonus, StoredRule } from "./plan-rule.ts";
import { checkRate, checkTiers } from "./plan-terms.ts";

/** A rule as it is stored once it is approved, with what it is called and whom it counts for. */
export type NamedRule = StoredRule & {
  readonly kind: PlanRuleTerms["kind"];
  readonly name: string;
  readonly credit: RateRule["credit"];
};

/**
 * Reads what a plan says as what is stored of it. A plan that could not be paid as it is written is refused here, when
 * it is saved, and never paid as something else later.
 * @throws Refusal 422 with the path of the field and the codes of the commission vectors
 */
export function rulesOfTerms({ currency, components }: PlanTerms): NamedRule[] {
  const names = components.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) < index);
  if (twice >= 0) throw invalidField(`terms.components.${twice}.name`, "name_taken", "Another rule has this name");
  return components.map((rule, index) => {
    const path = `terms.components.${index}`;
    return rule.kind === "rate" ? rateRule(rule, currency, path) : spiffRule(rule, currency, path);
  });
}

function rateRule(rule: RateRule, currency: string | null, path: string): NamedRule {
  const bound = boundReader(rule, currency);
  const tiers = rule.tiers.map(({ from, rate }, index) => ({ from: bound(from, `${path}.tiers.${index}.from`), rate }));
  const rows = tiers.map(({ from, rate }) => ({ from: parseRational(from), to: null, rate }));
  asField(`${path}.tiers`, () => checkTiers(rows));
  if (rule.basis === "attainment" && currency === null && rule.threshold !== null) {
    throw invalidField(`${path}.threshold`, "currency_required", "A threshold needs the plan to have a currency");
  }
  return {
    kind: "rate",
    name: rule.name,
    credit: rule.credit,
    tiers,
    tierMode: rule.mode,
    tierBasis: rule.basis,
    boundary: rule.boundary,
    rounding: rule.rounding,
    zeroQuota: rule.zeroQuota,
    threshold: rule.threshold === null ? null : bound(rule.threshold, `${path}.threshold`),
    cap: rule.cap === null ? null : minorOf(rule.cap, currency, `${path}.cap`),
    bonuses: bonusesOf(rule, currency, path),
    perUnit: null,
    budget: null,
  };
}

function bonusesOf(rule: RateRule, currency: string | null, path: string): StoredBonus[] {
  const codes = rule.bonuses.map(({ code }) => code);
  const bound = boundReader(rule, currency);
  return rule.bonuses.map(({ code, label, rate, amount, from }, index): StoredBonus => {
    const at = `${path}.bonuses.${index}`;
    if (codes.indexOf(code) < index) throw invalidField(`${at}.code`, "code_taken", "Another bonus has this code");
    if ((rate === undefined) === (amount === undefined)) {
      throw invalidField(`${at}.rate`, "rate_or_amount", "A bonus is a share of the base or a sum, one of both");
    }
    if (rate !== undefined) asField(`${at}.rate`, () => checkRate(rate));
    const sum = amount === undefined ? {} : { amount: String(minorOf(amount, currency, `${at}.amount`)) };
    const share = rate === undefined ? {} : { rate };
    return { code, label, ...share, ...sum, from: from === null ? null : bound(from, `${at}.from`) };
  });
}

function spiffRule(rule: SpiffRule, currency: string | null, path: string): NamedRule {
  const perUnit = minorOf(rule.perDeal, currency, `${path}.perDeal`);
  if (perUnit === 0n) throw invalidField(`${path}.perDeal`, "amount_not_positive", "The sum must be above zero");
  const budget = rule.budget === null ? null : minorOf(rule.budget, currency, `${path}.budget`);
  if (budget === 0n) throw invalidField(`${path}.budget`, "amount_not_positive", "A budget must be above zero");
  return {
    kind: "spiff",
    name: rule.name,
    credit: rule.credit,
    tiers: [],
    tierMode: "marginal",
    tierBasis: "amount",
    boundary: "lower_inclusive",
    rounding: "half_up",
    zeroQuota: "base_rate_only",
    threshold: null,
    cap: null,
    bonuses: [],
    perUnit,
    budget,
  };
}

/** Sums become minor units, as text; shares of the quota stay what they are. */
function boundReader({ basis }: RateRule, currency: string | null): (value: string, path: string) => string {
  if (basis === "attainment") return shareOfQuota;
  return (value, path) => (compare(parseRational(value), zero) === 0 ? "0" : String(minorOf(value, currency, path)));
}

/** More than a thousand quotas is a slip of the pen. */
const mostQuotas = rational(1_000n);

function shareOfQuota(value: string, path: string): string {
  if (compare(parseRational(value), mostQuotas) <= 0) return value;
  throw invalidField(path, "share_out_of_range", 'A share of the quota is written such as "1.30" for 130 %');
}

function minorOf(amount: string, currency: string | null, path: string): bigint {
  if (currency === null) {
    throw invalidField(path, "currency_required", "A sum needs the plan to have a currency");
  }
  const minor = parseAmount(amount, currency);
  if (typeof minor === "bigint") return minor;
  throw invalidField(path, minor, `Write the amount with exactly the decimals of ${currency}`);
}

/** The rules of the engine say what is wrong; the form needs to know where. */
function asField(path: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof Refusal) throw invalidField(path, error.code, error.message);
    throw error;
  }
}
