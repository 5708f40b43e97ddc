import { rateText } from "./rate-text.ts";
import type { PlanBonus, PlanTerms, RateRule, SpiffRule } from "./plans.ts";

/**
 * What people read and accept, written from the rules and from nothing else, so that text and rules cannot differ. One
 * sentence or two for each rule.
 */
export function planSentences({ currency, components }: PlanTerms): readonly string[] {
  const shared = [
    "You earn when a payment on your deal is verified by a second person. Your part follows your credit on the deal.",
    "What counts is the month in which the money arrived. A month begins at nothing.",
  ];
  const closing = [
    currency === null
      ? "Each currency is counted and paid by itself."
      : `Everything is counted and paid in ${currency}, other currencies at the rate of the day the money arrived.`,
    "Money that goes back takes back what it earned: while its month is open, the month is as if only the rest had come; after that, at what was paid then.",
  ];
  return [...shared, ...components.flatMap((rule) => ruleSentences(rule, currency)), ...closing];
}

function ruleSentences(rule: RateRule | SpiffRule, currency: string | null): readonly string[] {
  if (rule.kind === "spiff") return [spiffSentence(rule, currency)];
  const bound = boundText(rule, currency);
  return [
    `${rule.name}: ${creditText[rule.credit]}. ${ratesText(rule, bound)}`,
    ...(rule.threshold === null
      ? []
      : [
          `${rule.name}: below ${bound(rule.threshold)} in a month nothing is paid. Once it is reached, everything is, from the first unit.`,
        ]),
    ...rule.bonuses.map((bonus) => bonusSentence(bonus, bound, currency)),
    ...(rule.basis === "attainment" ? [quotaText[rule.zeroQuota]] : []),
    ...(rule.cap === null
      ? []
      : [
          `${rule.name} pays at most ${money(rule.cap, currency)} in a month. Anything above is shown as its own line.`,
        ]),
  ];
}

const creditText = {
  revenue: "on what is credited to you",
  overlay: "on what is credited to you as an overlay, on top of the owner's credit",
  team: "on what is credited to the people in the teams you lead, on top of theirs",
} as const;

const quotaText = {
  base_rate_only: "In a month without a quota only the first rate is paid.",
  reject: "Nothing is counted in a month without a quota: it has to be set first.",
} as const;

function ratesText({ tiers, mode, boundary }: RateRule, bound: (value: string) => string): string {
  const [first] = tiers;
  if (tiers.length === 1) return `You earn ${rateText(first?.rate ?? "0")}.`;
  const parts = tiers.map(({ from, rate }, index) => {
    const next = tiers[index + 1];
    if (next === undefined) return `from ${bound(from)} ${rateText(rate)}`;
    return index === 0
      ? `up to ${bound(next.from)} you earn ${rateText(rate)}`
      : `from there to ${bound(next.from)} ${rateText(rate)}`;
  });
  const text = parts.join(", ");
  const how =
    mode === "marginal"
      ? "A higher rate never changes what you already earned in the month."
      : `The rate you reach pays on everything in the month, also on what came before. Exactly at a bound ${boundary === "lower_inclusive" ? "the higher" : "the lower"} rate is paid.`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}. ${how}`;
}

function bonusSentence(
  { label, rate, amount, from }: PlanBonus,
  bound: (value: string) => string,
  currency: string | null,
): string {
  const sum = rate === undefined ? money(amount ?? "0", currency) : `${rateText(rate)} of the base`;
  return from === null
    ? `${label} adds ${sum} in a month.`
    : `${label} adds ${sum} in a month that reaches ${bound(from)}.`;
}

function spiffSentence({ name, perDeal, budget }: SpiffRule, currency: string | null): string {
  const sum = `${name}: ${money(perDeal, currency)} for each deal, once its first money is verified, in the share of your credit.`;
  return budget === null
    ? sum
    : `${sum} It is paid until ${money(budget, currency)} are used up by everybody together.`;
}

function boundText({ basis }: RateRule, currency: string | null): (value: string) => string {
  return (value) => (basis === "attainment" ? `${rateText(value)} of quota` : money(value, currency));
}

function money(amount: string, currency: string | null): string {
  const [whole = "0", decimals] = amount.split(".");
  const grouped = whole.replace(/^0+(?=\d)/, "").replaceAll(/\B(?=(\d{3})+$)/g, ",");
  const written = decimals === undefined || /^0+$/.test(decimals) ? grouped : `${grouped}.${decimals}`;
  return currency === null ? written : `${written} ${currency}`;
}
