import { dueCredits, type Lead } from "../commissions/due-credits.ts";
import { postSpiff, ruleTotals } from "../commissions/post-credit.ts";
import type { Credit } from "../deals/deal.ts";
import { exchange } from "../money/exchange.ts";
import { add, rational, zero, type Rational } from "../money/rational.ts";
import type { PlanRule } from "./plan-rule.ts";

/** What is left of a verified payment. Minor units. */
export type SimulatedPayment = {
  readonly id: string;
  readonly dealId: string;
  readonly month: string;
  readonly valueOn: string;
  readonly net: bigint;
  readonly currency: string;
  readonly credits: readonly Credit[];
};

/** The rate of a day between two currencies; null where nobody entered one. */
export type RateOf = (from: string, to: string, day: string) => Rational | null;

export type SimulatedTotal = { readonly memberId: string; readonly currency: string; readonly amount: bigint };

type Sum = { readonly rule: PlanRule; readonly currency: string; credited: Rational };

/**
 * What payments would pay by these rules, person by person: the function of the posting itself, so that a version that
 * is approved pays what was shown.
 * @param rulesOf the rules of a month; rules of people without any are none
 */
export function simulate(
  payments: readonly SimulatedPayment[],
  rulesOf: (month: string) => readonly PlanRule[],
  leads: readonly Lead[],
  rateOf: RateOf,
): { readonly totals: readonly SimulatedTotal[]; readonly withoutRate: ReadonlySet<string> } {
  const sums = new Map<string, Sum>();
  const spiffs = new Spiffs();
  const withoutRate = new Set<string>();
  for (const payment of payments) {
    for (const { rule, share } of dueCredits(payment.net, payment.credits, rulesOf(payment.month), leads)) {
      const currency = rule.currency ?? payment.currency;
      const credit = exchanged(share.minor, payment, currency, rateOf);
      if (credit === null) withoutRate.add(payment.id);
      else if (rule.spiff !== null) spiffs.add(rule, payment, credit, rational(BigInt(share.basisPoints), 10_000n));
      else {
        const key = [rule.memberId, rule.id, payment.month, currency].join(" ");
        const sum = sums.get(key) ?? { rule, currency, credited: zero };
        sum.credited = add(sum.credited, credit);
        sums.set(key, sum);
      }
    }
  }
  const rated = [...sums.values()].map(({ rule, currency, credited }): SimulatedTotal => ({
    memberId: rule.memberId,
    currency,
    amount: ruleTotals(rule, credited).total,
  }));
  return { totals: summed([...rated, ...spiffs.totals]), withoutRate };
}

function exchanged(minor: bigint, payment: SimulatedPayment, to: string, rateOf: RateOf): Rational | null {
  if (to === payment.currency) return rational(minor);
  const rate = rateOf(payment.currency, to, payment.valueOn);
  return rate === null ? null : exchange(minor, payment.currency, to, rate);
}

class Spiffs {
  readonly totals: SimulatedTotal[] = [];
  readonly #spent = new Map<string, bigint>();
  readonly #deals = new Map<string, { credited: Rational; paid: bigint }>();

  add(rule: PlanRule, { id, dealId, currency }: SimulatedPayment, amount: Rational, share: Rational): void {
    if (rule.spiff === null) return;
    const key = [rule.id, rule.memberId, dealId].join(" ");
    const deal = this.#deals.get(key) ?? { credited: zero, paid: 0n };
    const spent = this.#spent.get(rule.id) ?? 0n;
    const credit = { paymentId: id, amount, kind: "earned" as const, share };
    const paid = postSpiff(rule.spiff, spent, deal, credit).reduce((sum, entry) => sum + entry.amount, 0n);
    this.#deals.set(key, { credited: add(deal.credited, amount), paid: deal.paid + paid });
    this.#spent.set(rule.id, spent + paid);
    this.totals.push({ memberId: rule.memberId, currency: rule.currency ?? currency, amount: paid });
  }
}

function summed(totals: readonly SimulatedTotal[]): SimulatedTotal[] {
  const people = Map.groupBy(totals, ({ memberId, currency }) => `${memberId} ${currency}`);
  return [...people.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ ...first, amount: own.reduce((sum, { amount }) => sum + amount, 0n) }];
  });
}
