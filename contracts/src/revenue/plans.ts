import * as z from "zod/mini";
import { isCurrency } from "../currencies.ts";
import { endpoint } from "../endpoint.ts";
import { MemberId, PlanId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { MoneyReply, UnsignedMoney } from "../money.ts";
import { Day, Instant, Month } from "../time.ts";

const matching = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message));
/** A share as a decimal: "0.06" is 6 %. */
const Rate = matching(/^\d(\.\d{1,10})?$/, 'Write a rate as a decimal, such as "0.06" for 6 %');
/** A sum in the plan's currency, or a share of the quota. */
const Bound = matching(
  /^\d{1,15}(\.\d{1,6})?$/,
  'Write digits, such as "10000.00", or a share of the quota, such as "1.30"',
);
const Amount = matching(/^\d{1,15}(\.\d{1,4})?$/, 'Write the amount as digits, such as "250.00"');
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));
const Currency = matching(/^[A-Z]{3}$/, "Not a currency code").check(
  z.refine(isCurrency, { error: "Not an ISO 4217 currency code", abort: true }),
);

const Bonus = z.strictObject({
  code: matching(/^[a-z0-9-]{1,40}$/, "Small letters, digits and hyphens"),
  label: Name,
  /** One of both: a share of the base, or a sum. */
  rate: z.optional(Rate),
  amount: z.optional(Amount),
  /** What has to be credited for it, measured like the tiers; null: anything. */
  from: z.nullable(Bound),
});
export type PlanBonus = z.output<typeof Bonus>;

export const RateRule = z.strictObject({
  kind: z.literal("rate"),
  name: Name,
  /** team: of what those earn whom the person leads, on top of theirs. */
  credit: z.enum(["revenue", "overlay", "team"]),
  tiers: z.array(z.strictObject({ from: Bound, rate: Rate })).check(z.minLength(1), z.maxLength(20)),
  /** marginal: each rate pays on its own part. retroactive: the rate that is reached pays on everything. */
  mode: z.enum(["marginal", "retroactive"]),
  /** What tiers, threshold and bonuses are measured by. */
  basis: z.enum(["amount", "attainment"]),
  boundary: z.enum(["lower_inclusive", "upper_inclusive"]),
  threshold: z.nullable(Bound),
  zeroQuota: z.enum(["base_rate_only", "reject"]),
  /** Most it pays a person in a month. */
  cap: z.nullable(Amount),
  bonuses: z.array(Bonus).check(z.maxLength(10)),
  rounding: z.enum(["half_up", "half_even"]),
});
export type RateRule = z.output<typeof RateRule>;

export const SpiffRule = z.strictObject({
  kind: z.literal("spiff"),
  name: Name,
  credit: z.enum(["revenue", "overlay"]),
  perDeal: Amount,
  /** The most it pays everybody together. */
  budget: z.nullable(Amount),
});
export type SpiffRule = z.output<typeof SpiffRule>;

/** What a plan says, typed: nothing in it is code. */
export const PlanTerms = z.strictObject({
  /** What it counts and pays in; null: each payment in its own, which leaves only shares. */
  currency: z.nullable(Currency),
  components: z.array(z.discriminatedUnion("kind", [RateRule, SpiffRule])).check(z.minLength(1), z.maxLength(10)),
});
export type PlanTerms = z.output<typeof PlanTerms>;
export type PlanRuleTerms = PlanTerms["components"][number];

export const PlanStatus = z.enum(["draft", "in_review", "approved", "retired"]);
export type PlanStatus = z.output<typeof PlanStatus>;

export const PlanVersion = z.object({
  number: z.int(),
  status: PlanStatus,
  terms: PlanTerms,
  /** First day it holds; null: from the beginning. */
  startsOn: z.nullable(Day),
  createdBy: z.nullable(MemberRef),
  submittedAt: z.nullable(Instant),
  approvedBy: z.nullable(MemberRef),
  approvedAt: z.nullable(Instant),
  returnReason: z.nullable(z.string()),
  /** Of the text that people accept; null until it is approved. */
  documentSha256: z.nullable(z.string()),
  accepted: z.int(),
  /** Counts the changes of a draft. */
  version: z.int(),
});
export type PlanVersion = z.output<typeof PlanVersion>;

const PersonOnPlan = z.object({
  member: MemberRef,
  from: z.nullable(Day),
  /** Of the current month. */
  quota: z.nullable(MoneyReply),
  quotaVersion: z.nullable(z.int()),
});

export const Plan = z.object({
  id: PlanId,
  name: z.string(),
  /** Holds for everybody who has no other. */
  isDefault: z.boolean(),
  /** Newest first. */
  versions: z.array(PlanVersion),
  /** Assigned to it now or from a later day on. */
  people: z.array(PersonOnPlan),
  /** Of the newest version: counts the changes of a draft. */
  version: z.int(),
});
export type Plan = z.output<typeof Plan>;

const params = z.strictObject({ planId: PlanId });

export const listPlans = endpoint("GET", "/plans", "Commission plans", "plan.read", {
  reply: z.object({
    items: z.array(
      z.object({
        id: PlanId,
        name: z.string(),
        isDefault: z.boolean(),
        people: z.int(),
        /** Of the newest version. */
        version: z.int(),
        status: PlanStatus,
        startsOn: z.nullable(Day),
      }),
    ),
  }),
});

export const readPlan = endpoint("GET", "/plans/{planId}", "A plan with its versions and people", "plan.read", {
  params,
  reply: Plan,
});

export const createPlan = endpoint("POST", "/plans", "Begin a plan, as a draft", "plan.edit", {
  body: z.strictObject({ name: Name }),
  status: 201,
  reply: Plan,
});

export const createPlanVersion = endpoint(
  "POST",
  "/plans/{planId}/versions",
  "Begin the next version of a plan, as a copy of the newest",
  "plan.edit",
  { params, status: 201, reply: Plan },
);

export const savePlanDraft = endpoint("PUT", "/plans/{planId}/draft", "Save what a draft says", "plan.edit", {
  params,
  body: z.strictObject({ terms: PlanTerms, startsOn: z.nullable(Day), seenVersion: z.optional(z.int()) }),
  reply: Plan,
  versioned: true,
});

export const submitPlan = endpoint("POST", "/plans/{planId}/submit", "Send a draft to be approved", "plan.edit", {
  params,
  reply: Plan,
});

export const returnPlan = endpoint("POST", "/plans/{planId}/return", "Send a version back to its draft", "plan.edit", {
  params,
  body: z.strictObject({ reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)) }),
  reply: Plan,
});

export const approvePlan = endpoint(
  "POST",
  "/plans/{planId}/approve",
  "Approve the version in review, by somebody else than who wrote it and whom it does not pay",
  "plan.approve",
  { params, body: z.strictObject({ seenVersion: z.int() }), reply: Plan },
);

/** What a version would have cost in the three months before this one. */
export const Simulation = z.object({
  months: z.array(Month),
  /** One per currency. */
  totals: z.array(z.object({ current: MoneyReply, next: MoneyReply, change: MoneyReply })),
  /** Whose largest loss comes first. */
  people: z.array(
    z.object({
      member: MemberRef,
      attainment: z.nullable(z.string()),
      current: MoneyReply,
      next: MoneyReply,
      change: MoneyReply,
    }),
  ),
  /** The rules of now come to what the ledger has of these months, to the cent. */
  reproduces: z.boolean(),
  /** Payments left out because their currency has no rate. */
  withoutRate: z.int(),
});
export type Simulation = z.output<typeof Simulation>;

export const simulatePlan = endpoint(
  "POST",
  "/plans/{planId}/simulate",
  "What the newest version would have paid for the verified payments of the last three months",
  "plan.edit",
  { params, reply: Simulation },
);

export const assignPlan = endpoint(
  "POST",
  "/plans/{planId}/people",
  "Put somebody on a plan from a day on",
  "plan.edit",
  {
    params,
    body: z.strictObject({ memberId: MemberId, from: Day }),
    reply: Plan,
  },
);

export const setQuota = endpoint("PUT", "/quotas", "Set somebody's quota of a month", "plan.edit", {
  body: z.strictObject({ memberId: MemberId, month: Month, amount: UnsignedMoney, seenVersion: z.optional(z.int()) }),
  reply: z.object({ memberId: MemberId, month: Month, amount: MoneyReply, version: z.int() }),
});

/** The text of the plan that holds for the caller today. */
export const PlanDocument = z.object({
  planId: PlanId,
  plan: z.string(),
  version: z.int(),
  startsOn: z.nullable(Day),
  sentences: z.array(z.string()),
  sha256: z.nullable(z.string()),
  acceptedAt: z.nullable(Instant),
});
export type PlanDocument = z.output<typeof PlanDocument>;

export const readPlanDocument = endpoint(
  "GET",
  "/plan-document",
  "The text of the plan that holds for the caller",
  "commission.read",
  { reply: z.object({ document: z.nullable(PlanDocument) }) },
);

export const acceptPlan = endpoint(
  "POST",
  "/plans/{planId}/acceptances",
  "Accept the text of the plan that holds for the caller",
  "commission.read",
  {
    params,
    body: z.strictObject({ version: z.int(), sha256: matching(/^[0-9a-f]{64}$/, "The fingerprint of the text") }),
    status: 201,
    reply: z.object({ acceptedAt: Instant }),
  },
);

export const ExchangeRate = z.object({
  from: z.string(),
  to: z.string(),
  on: Day,
  rate: z.string(),
  source: z.string(),
  setBy: z.nullable(MemberRef),
});

export const listRates = endpoint("GET", "/exchange-rates", "Exchange rates, newest first", "plan.read", {
  reply: z.object({ items: z.array(ExchangeRate) }),
});

export const enterRate = endpoint(
  "POST",
  "/exchange-rates",
  "Enter the rate of a day; it is never changed, because lines rest on it",
  "plan.edit",
  {
    body: z.strictObject({
      from: Currency,
      to: Currency,
      on: Day,
      rate: matching(/^\d{1,9}(\.\d{1,10})?$/, 'Write the rate as a decimal, such as "1.0837"'),
      source: Name,
    }),
    status: 201,
    reply: ExchangeRate,
  },
);
