import { adjust, type AdjustmentLine } from "../commissions/adjust.ts";
import { roundedTotal } from "../commissions/commission.ts";
import { applyDraw, holdBack, paySpiff } from "../commissions/pay-out.ts";
import { postPeriod } from "../commissions/post-period.ts";
import { splitCommission } from "../commissions/split-commission.ts";
import { parseRational, round, toRoundedDecimals } from "../money/rational.ts";
import { attainmentOf, checkTiers, prorateQuota } from "../plans/plan-terms.ts";
import type { Evaluators } from "./evaluators.ts";
import {
  adjustmentsOf,
  CaseFault,
  commissionOf,
  periodEvent,
  planOfCase,
  required,
  tierRow,
  withRate,
  type CasePlan,
} from "./plan-of-case.ts";

/** Operations on what a plan earns and pays out. */
export const commissionCases = {
  "commission.period"(config, { events, prior_credited_minor: prior = "0" }) {
    const plan = planOfCase(config);
    const before = BigInt(prior);
    const posted = postPeriod(plan.component, before, events.map(periodEvent));
    const base = posted.reduce((sum, { amount }) => sum + amount, 0n);
    const { lines, total } = adjust(base, leftOf(plan, before));
    const credited = events.reduce((sum, { amount_minor: amount }) => sum + BigInt(amount), before);
    const attainment = attainmentOf(credited, plan.quota);
    return {
      total_minor: String(total),
      entries: [
        ...posted.map(({ event, deal, kind, amount }) => ({ event, deal, kind, amount_minor: String(amount) })),
        ...lines.map(({ kind, code, amount }) => ({
          event: code ?? kind,
          deal: null,
          kind,
          amount_minor: String(amount),
        })),
      ],
      ...(plan.hasAttainment && { attainment: attainment === null ? null : toRoundedDecimals(attainment, 6) }),
    };
  },

  "commission.totals"(config, { amounts_minor: amounts }) {
    const plan = planOfCase(config);
    return { totals_minor: amounts.map((amount) => String(commissionOf(plan, BigInt(amount)))) };
  },

  "commission.split"(config, { amount_minor: amount, participants, overrides = [] }) {
    const earnerBy = (rate: string | undefined): ((credit: bigint) => bigint) => {
      const plan = planOfCase(rate === undefined ? config : withRate(config, rate));
      return (credit) => commissionOf(plan, credit);
    };
    const lines = splitCommission(
      BigInt(amount),
      participants.map(({ id, bp, rate }) => ({ id, basisPoints: bp, commissionOn: earnerBy(rate) })),
      overrides.map(({ id, rate }) => ({ id, commissionOn: earnerBy(rate) })),
    );
    return {
      lines: lines.map(({ participant, credit, isOverride, commission }) => ({
        participant,
        credit_minor: String(credit),
        ...(isOverride && { override: true }),
        commission_minor: String(commission),
      })),
      total_minor: String(lines.reduce((sum, { commission }) => sum + commission, 0n)),
    };
  },

  "validate.plan"(_, { tiers }) {
    checkTiers(tiers.map(tierRow));
    return { ok: true };
  },

  "quota.prorate"(_, { annual_minor: annual, quarters }) {
    const shares = quarters.map(({ weight, active_months: months }, index) => {
      const activeMonths = parseRational(months);
      if (activeMonths.n > 3n * activeMonths.d) {
        throw new CaseFault(`inputs.quarters.${index}.active_months`, "a quarter has three months");
      }
      return { weight: parseRational(weight), activeMonths };
    });
    return { quota_minor: String(round(prorateQuota(BigInt(annual), shares))) };
  },

  draw(config, { gross_minor: gross }) {
    const kind = required(config.kind, "plan.kind");
    const amount = BigInt(required(config.draw_minor, "plan.draw_minor"));
    const rows = applyDraw({ amount, isRecoverable: kind !== "non_recoverable" }, gross.map(BigInt));
    const isForgiven = config.forgive_at_end === true || kind === "recoverable_forgiven_at_end";
    return {
      rows: rows.map((row) => ({
        gross_minor: String(row.gross),
        advance_minor: String(row.advance),
        recovered_minor: String(row.recovered),
        net_minor: String(row.net),
        balance_owed_minor: String(row.owed),
      })),
      ...(isForgiven && { forgiven_minor: String(rows.at(-1)?.owed ?? 0n), closing_balance_minor: "0" }),
    };
  },

  holdback(config, { amount_minor: amount }) {
    const share = parseRational(required(config.holdback, "plan.holdback"));
    if (share.n > share.d) throw new CaseFault("plan.holdback", "no more than everything can be held");
    const gross = commissionOf(planOfCase(config), BigInt(amount));
    const { held, paidNow } = holdBack(gross, share);
    return {
      gross_minor: String(gross),
      paid_now_minor: String(paidNow),
      held_minor: String(held),
      released_minor: String(held),
      total_if_released_minor: String(paidNow + held),
      total_if_forfeited_minor: String(paidNow),
    };
  },

  spiff(config, { qualifying }) {
    const budget = config.budget_minor === undefined ? null : BigInt(config.budget_minor);
    const perUnit = BigInt(required(config.per_unit_minor, "plan.per_unit_minor"));
    const twice = qualifying.findIndex((id, index) => qualifying.indexOf(id) < index);
    if (twice >= 0) throw new CaseFault(`inputs.qualifying.${twice}`, `${qualifying[twice]} qualifies once`);
    const payouts = paySpiff(perUnit, budget, qualifying.length);
    return {
      payouts_minor: payouts.map(String),
      total_minor: String(payouts.reduce((sum, payout) => sum + payout, 0n)),
    };
  },

  adjust(config, { base_minor: base }) {
    const { lines, total } = adjust(BigInt(base), adjustmentsOf(config));
    const line = ({ kind, code, amount }: AdjustmentLine): Record<string, string> => ({
      kind,
      ...(code !== null && { code }),
      amount_minor: String(amount),
    });
    return { lines: [{ kind: "base", amount_minor: base }, ...lines.map(line)], total_minor: String(total) };
  },
} satisfies Partial<Evaluators>;

/** What was earned before these events has used up its part of the cap. */
function leftOf({ component, adjustments }: CasePlan, before: bigint): CasePlan["adjustments"] {
  const { cap } = adjustments;
  if (cap === null) return adjustments;
  const earned = roundedTotal(component, before);
  return { ...adjustments, cap: earned < cap ? cap - earned : 0n };
}
