import * as z from "zod/mini";
import { isCurrency } from "../currencies.ts";
import { Day, isTimeZone } from "../time.ts";

/**
 * Worked examples of a plan, as a file: `{ vectors: [{ id, op, plan, inputs }] }`. People write them to try a plan on
 * their own cases before approving it. Money is whole minor units as text, rates and shares are decimals as text.
 */

const matching = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message));
const Minor = matching(/^-?\d{1,40}$/, 'write whole minor units as text, such as "125000" for 1,250.00 USD');
const Unsigned = matching(/^\d{1,40}$/, 'write whole minor units of zero or more as text, such as "125000"');
const Decimal = matching(/^-?\d{1,40}(\.\d{1,40})?$/, 'write a decimal number as text, such as "0.06"');
const Share = matching(/^\d{1,40}(\.\d{1,40})?$/, 'write a decimal number of zero or more as text, such as "0.06"');
const Name = z.string().check(z.minLength(1));
const Currency = z
  .string()
  .check(z.refine(isCurrency, { error: "this is no ISO 4217 currency code, such as USD", abort: true }));
/** With Z or an offset: people write down what their clock showed. */
const Moment = z.iso.datetime({ offset: true });
const Zone = z.string().check(z.refine(isTimeZone, "this is no time zone, such as America/New_York"));

const Tier = z.strictObject({
  from: Share,
  /** Where given, it has to be where the next tier begins. */
  to: z.optional(Share),
  rate: Decimal,
});
export type PlanTier = z.output<typeof Tier>;

/** One of both: a share of the base, or a sum. */
const Adjustment = z
  .strictObject({ code: Name, rate: z.optional(Share), amount_minor: z.optional(Unsigned) })
  .check(
    z.refine(
      ({ rate, amount_minor: amount }) => (rate === undefined) !== (amount === undefined),
      'give either "rate" or "amount_minor"',
    ),
  );
export type PlanAdjustment = z.output<typeof Adjustment>;

/** What a plan may say. Which of it an operation needs, the operation asks for. */
export const PlanConfig = z.strictObject({
  currency: z.optional(Currency),
  basis: z.optional(z.enum(["payment"])),
  /** For people: where a figure comes from. */
  derived_from: z.optional(z.string()),
  rate: z.optional(Decimal),
  tiers: z.optional(z.array(Tier)),
  tier_mode: z.optional(z.enum(["marginal", "retroactive"])),
  /** Tiers begin at sums, or at shares of the quota. */
  tier_basis: z.optional(z.enum(["amount", "attainment"])),
  boundary: z.optional(z.enum(["lower_inclusive", "upper_inclusive"])),
  rounding: z.optional(z.enum(["half_up", "half_even"])),
  quota_minor: z.optional(Unsigned),
  zero_quota: z.optional(z.enum(["base_rate_only", "reject"])),
  /** Share of the quota below which nothing is paid; without a quota, minor units. */
  threshold: z.optional(Share),
  cap_minor: z.optional(Unsigned),
  bonuses: z.optional(z.array(Adjustment)),
  penalties: z.optional(z.array(Adjustment)),
  per_unit_minor: z.optional(Unsigned),
  budget_minor: z.optional(Unsigned),
  kind: z.optional(z.enum(["recoverable", "non_recoverable", "recoverable_forgiven_at_end"])),
  draw_minor: z.optional(Unsigned),
  forgive_at_end: z.optional(z.boolean()),
  holdback: z.optional(Share),
  release_after_days: z.optional(z.int().check(z.minimum(0))),
  clawback: z.optional(z.enum(["pro_rata", "full", "none"])),
  timezone: z.optional(Zone),
  workdays: z.optional(z.array(z.int().check(z.minimum(1), z.maximum(7)))),
  holidays: z.optional(z.array(Day)),
});
export type PlanConfig = z.output<typeof PlanConfig>;

const Event = z
  .strictObject({
    id: Name,
    amount_minor: Minor,
    kind: z.optional(z.enum(["refund"])),
    /** The event that is refunded. */
    of: z.optional(Name),
  })
  .check(
    z.refine(({ amount_minor: amount, kind }) => kind === "refund" || !amount.startsWith("-"), {
      error: 'money that goes back needs "kind": "refund"',
      path: ["kind"],
    }),
    z.refine(({ amount_minor: amount, kind }) => kind !== "refund" || /^-|^0+$/.test(amount), {
      error: "a refund is below zero",
      path: ["amount_minor"],
    }),
  );
export type PlanEvent = z.output<typeof Event>;

const Participant = z.strictObject({
  id: Name,
  bp: z.int().check(z.minimum(0), z.maximum(1_000_000)),
  rate: z.optional(Decimal),
});

/** What each operation asks for beside the plan. */
export const caseInputs = {
  "commission.period": z.strictObject({ events: z.array(Event), prior_credited_minor: z.optional(Minor) }),
  "commission.totals": z.strictObject({ amounts_minor: z.array(Minor) }),
  "commission.split": z.strictObject({
    amount_minor: Minor,
    participants: z.array(Participant),
    overrides: z.optional(z.array(z.strictObject({ id: Name, rate: Decimal }))),
  }),
  "validate.plan": z.strictObject({ tiers: z.array(Tier) }),
  "quota.prorate": z.strictObject({
    annual_minor: Unsigned,
    quarters: z.array(z.strictObject({ weight: Share, active_months: Share })),
  }),
  "money.allocate": z.strictObject({ total_minor: Minor, weights: z.array(Share) }),
  draw: z.strictObject({ gross_minor: z.array(Minor) }),
  holdback: z.strictObject({ amount_minor: Minor }),
  clawback: z.strictObject({ earned_minor: Minor, unserved: Share, term: Share }),
  "refund.mirror": z.strictObject({
    payment_minor: Unsigned,
    original: z.array(Minor),
    refunds: z.array(Minor),
  }),
  "refund.closed_period": z.strictObject({
    locked_events: z.array(Event),
    refund: z.strictObject({ of: Name, amount_minor: Minor }),
  }),
  statements: z.strictObject({
    periods: z.array(z.strictObject({ id: Name, state: z.enum(["open", "closing", "locked", "paid"]) })),
    entries: z.array(
      z.strictObject({ id: Name, period: Name, amount_minor: Minor, after_lock: z.optional(z.boolean()) }),
    ),
  }),
  spiff: z.strictObject({ qualifying: z.array(Name) }),
  adjust: z.strictObject({ base_minor: Minor }),
  round: z.strictObject({ currency: Currency, exponent: z.optional(z.int()), amount_minor: Minor }),
  fx: z.strictObject({
    amount_minor: Minor,
    from: Currency,
    from_exponent: z.optional(z.int()),
    to: Currency,
    to_exponent: z.optional(z.int()),
    rate_at_date: Share,
    rate_date: z.optional(Day),
    refund_rate_at_date: z.optional(Share),
  }),
  "invoice.total": z.strictObject({
    tax_rounding: z.enum(["document", "line"]),
    lines: z.array(
      z.strictObject({
        unit_price_minor: Minor,
        quantity: Decimal,
        discount: z.optional(Share),
        tax_rate: Share,
      }),
    ),
  }),
  "payment.apply": z.strictObject({
    payment_minor: Minor,
    invoices: z.array(z.strictObject({ id: Name, due_minor: Unsigned })),
  }),
  "validate.payment": z.strictObject({
    /** Anything at all: whether it is an amount is the question. */
    amount_minor: z.union([z.string(), z.number()]),
    currency: z.string(),
    deal_currency: z.string(),
  }),
  "validate.decision": z.strictObject({
    payment_status: Name,
    version: z.int(),
    expected_version: z.int(),
    submitted_by: z.nullable(Name),
    deal_owner: Name,
    credited: z.array(Name),
    decided_by: Name,
  }),
  idempotency: z.strictObject({
    requests: z.array(z.strictObject({ key: Name, body: z.string(), source_event: Name })),
  }),
  streak: z.strictObject({ verified_at: z.array(Moment), now: Moment }),
  rank: z.strictObject({
    rows: z.array(z.strictObject({ id: Name, actual_minor: Minor, target_minor: Unsigned })),
  }),
} as const;

export type CaseOperation = keyof typeof caseInputs;
export type CaseInputs<Operation extends CaseOperation> = z.output<(typeof caseInputs)[Operation]>;
