import { isCurrency } from "@rainmaker/contracts/currencies";
import { dayIn } from "@rainmaker/contracts/time";
import { rankByAttainment } from "../goals/goal.ts";
import { toRoundedDecimals } from "../money/rational.ts";
import { amountFault, decisionFault } from "../payments/payment.ts";
import { attainmentOf } from "../plans/plan-terms.ts";
import { streakOf } from "../streaks/streak.ts";
import type { Evaluators } from "./evaluators.ts";
import { required } from "./plan-of-case.ts";

/** Operations on who may do what, and on figures beside the pay. */
export const recordCases = {
  "validate.payment"(_, { amount_minor: amount, currency, deal_currency: dealCurrency }) {
    const text = String(amount);
    if (!/^-?\d+$/.test(text)) return { error: "amount_not_integer_minor_units" };
    const fault = amountFault(BigInt(text), currency, dealCurrency);
    if (fault !== null) return { error: fault };
    return isCurrency(currency) ? { ok: true } : { error: "currency_unknown" };
  },

  "validate.decision"(_, inputs) {
    const payment = { status: inputs.payment_status, submittedBy: inputs.submitted_by };
    const stakes = { ownerId: inputs.deal_owner, creditedIds: inputs.credited };
    const fault = decisionFault(payment, inputs.decided_by, stakes);
    if (fault !== null) return { error: fault };
    return inputs.version === inputs.expected_version ? { ok: true } : { error: "stale_version" };
  },

  /** A key answers a repeated request as before and refuses another one; the ledger takes each event once. */
  idempotency(_, { requests }) {
    const bodies = new Map<string, string>();
    const events = new Set<string>();
    const results = requests.map(({ key, body, source_event: event }) => {
      const known = bodies.get(key);
      if (known !== undefined) return known === body ? "replayed" : "error:idempotency_key_reused";
      bodies.set(key, body);
      if (events.has(event)) return "duplicate_event_ignored";
      events.add(event);
      return "posted";
    });
    return { results, ledger_entries: events.size };
  },

  streak(config, { verified_at: verifiedAt, now }) {
    const zone = required(config.timezone, "plan.timezone");
    const calendar = { workdays: required(config.workdays, "plan.workdays"), holidays: config.holidays ?? [] };
    const days = [...new Set(verifiedAt.map((instant) => dayIn(zone, new Date(instant))))].toSorted();
    return { current: streakOf(days, calendar, dayIn(zone, new Date(now))).current, local_days: days };
  },

  rank(_, { rows }) {
    const runners = rows.map(({ id, actual_minor: actual, target_minor: target }) => ({
      id,
      actual: BigInt(actual),
      target: BigInt(target),
    }));
    const ranks = rankByAttainment(runners).map(({ id, rank }) => {
      const runner = runners.find((each) => each.id === id);
      const share = runner === undefined ? null : attainmentOf(runner.actual, runner.target);
      return { id, attainment: share === null ? null : toRoundedDecimals(share, 4), rank };
    });
    return { ranks };
  },
} satisfies Partial<Evaluators>;
