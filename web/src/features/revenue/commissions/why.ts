import { minorDigits } from "@rainmaker/contracts/currencies";
import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { Commission, CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { formatBasisPoints, formatFullDay, formatMoney, formatMonth } from "#lib/format";
import { exchangeSteps, onTopSteps } from "./why-on-top.ts";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import type { WhyStep } from "./why-step.ts";

/** Whose commission it is: "Your credit", or "Credit of Maya". */
type Earner = { readonly isYou: boolean; readonly firstName: string };

/** Why a line is what it is: from the trace that was stored with it, or why it earned nothing. */
export function whySteps(line: Commission, earner: Earner): readonly WhyStep[] {
  const { trace, correction, adjustment } = line;
  if (adjustment !== null) return [adjustmentStep(line, adjustment)];
  if (correction !== null) {
    const figure = formatMoney(line.amount, { bare: true, signed: true });
    return [{ id: "correction", title: "Dispute accepted", figure }];
  }
  return trace === null ? absenceSteps(line) : tracedSteps(line, trace, earner);
}

function tracedSteps(line: Commission, trace: CommissionTrace, earner: Earner): readonly WhyStep[] {
  const { currency } = line.amount;
  const bare = (amount: string): string => formatMoney({ amount, currency }, { bare: true });
  return [
    { id: "payment", title: causeTitle(trace), figure: formatMoney(paidIn(trace, currency), { bare: true }) },
    ...creditSteps(trace, earner, bare),
    ...exchangeSteps(trace, bare),
    ...earnedSteps(trace, currency, bare),
  ];
}

function earnedSteps(trace: CommissionTrace, currency: string, bare: (amount: string) => string): readonly WhyStep[] {
  if (trace.cause?.closedMonth != null) return [closedStep(trace, trace.cause.closedMonth, bare)];
  return onTopSteps(trace, bare) ?? calculatedSteps(trace, currency, bare);
}

function calculatedSteps(
  trace: CommissionTrace,
  currency: string,
  bare: (amount: string) => string,
): readonly WhyStep[] {
  return [
    ...trace.tiers.map((tier, index) => rateStep(trace, tier, index, bare)),
    {
      id: "commission",
      title: trace.cause === undefined ? "Commission of this payment" : "Commission of what changed",
      figure: bare(sumOfTiers(trace, currency).amount),
      isResult: true,
    },
    roundingStep(trace, currency),
  ];
}

const causeTitles: Readonly<Record<NonNullable<CommissionTrace["cause"]>["kind"], string>> = {
  reversed: "Verification reversed",
  refund: "Refund verified",
  chargeback: "Chargeback verified",
  chargeback_won: "Chargeback won",
};

/** What happened, in short: also in the line of the statement. */
export function causeTitle({ cause }: Pick<CommissionTrace, "cause">): string {
  return cause === undefined ? "Payment verified" : causeTitles[cause.kind];
}

/** A closed month does not change: what it paid is taken back here, at the rate of then. */
function closedStep(trace: CommissionTrace, month: string, bare: (amount: string) => string): WhyStep {
  return {
    id: "commission",
    title: "At what was paid then",
    figure: bare(trace.rounded),
    evidence: `${formatMonth(month)} is closed and stays as it is. ${bare(trace.before.commission)} was left of its commission, ${bare(trace.after.commission)} is left now.`,
    isResult: true,
  };
}

function creditSteps(
  { credit, basis }: CommissionTrace,
  { isYou, firstName }: Earner,
  bare: (amount: string) => string,
): readonly WhyStep[] {
  const share = formatBasisPoints(credit.basisPoints);
  const isWhole = credit.basisPoints === 10_000;
  const whose = isYou ? "you" : firstName;
  const deal = basis.deal?.number ?? "the deal";
  const how = isWhole ? `All of ${deal} is credited to ${whose}.` : `${share} of ${deal} is credited to ${whose}.`;
  const step: WhyStep = {
    id: "credit",
    title: isYou ? "Your credit" : `Credit of ${firstName}`,
    figure: `× ${share}`,
    evidence: creditKinds[credit.kind](how, share, deal),
  };
  const sum: WhyStep = { id: "credited", title: "Credited", figure: bare(credit.amount), isResult: true };
  return isWhole ? [step] : [step, sum];
}

const creditKinds: Readonly<
  Record<CommissionTrace["credit"]["kind"], (how: string, share: string, deal: string) => string>
> = {
  revenue: (how) => how,
  overlay: (how) => `${how} An overlay, on top of the owner's credit.`,
  team: (_, share, deal) => `${share} of ${deal} is credited to people in the teams below. It comes on top of theirs.`,
};

type Tier = CommissionTrace["tiers"][number];

function rateStep(trace: CommissionTrace, tier: Tier, index: number, bare: (amount: string) => string): WhyStep {
  const { plan, component, tiers } = trace;
  const source = `${component} of plan ${plan.name}, version ${plan.version}.`;
  if (tiers.length === 1 && tier.to === null && index === 0 && isZero(tier.from)) {
    return { id: "rate", title: "Base rate", figure: `× ${rateText(tier.rate)}`, evidence: source };
  }
  const range = tier.to === null ? `from ${bare(tier.from)}` : `${bare(tier.from)} to ${bare(tier.to)}`;
  return {
    id: "rate",
    title: `${rateText(tier.rate)} on ${bare(tier.amount)}`,
    figure: bare(tier.commission),
    evidence: `Tier ${range} of the month's credit. ${source}`,
  };
}

/** The difference of two rounded totals is what is posted, so that the lines always add up to the month. */
function roundingStep(trace: CommissionTrace, currency: string): WhyStep {
  const { before, after, rounded, rounding, exact } = trace;
  const money = (amount: string): string => formatMoney({ amount, currency }, { bare: true });
  const difference = toWire(
    fromWire({ amount: rounded, currency }).minor - fromWire(sumOfTiers(trace, currency)).minor,
    currency,
  );
  const previous = isZero(before.commission)
    ? "Nothing was posted before in the month."
    : `Previously posted in the month: ${money(before.commission)} on ${money(before.credited)} credited.`;
  const rule = rounding === "half_up" ? "half up" : "half to even";
  return {
    id: "rounding",
    title: "Rounding",
    figure: formatMoney(difference, { bare: true, signed: true }),
    evidence: `${previous} With this payment ${money(after.credited)} is credited, which earns exactly ${exactText(exact, currency)}; rounded ${rule} once, ${money(after.commission)}. This line is the difference.`,
  };
}

function adjustmentStep({ amount }: Commission, { code, reason, proposedBy, approvedBy }: Adjustment): WhyStep {
  return {
    id: "adjustment",
    title: code,
    figure: formatMoney(amount, { bare: true, signed: true }),
    evidence: `“${reason}” Proposed by ${proposedBy}, approved by ${approvedBy}.`,
  };
}

type Adjustment = NonNullable<Commission["adjustment"]>;

/** The payment in the currency it came in. */
function paidIn({ basis, exchange }: CommissionTrace, currency: string): WireMoney {
  return { amount: basis.amount, currency: exchange?.from ?? currency };
}

function absenceSteps({ payment, reason, amount }: Commission): readonly WhyStep[] {
  return [
    { id: "payment", title: "Payment verified", figure: formatMoney(payment.amount, { bare: true }) },
    {
      id: "absence",
      title: reason === null ? "Nothing earned" : absences[reason].title,
      figure: formatMoney(amount, { bare: true }),
      ...(reason !== null && { evidence: absences[reason].evidence }),
    },
  ];
}

type Reason = NonNullable<Commission["reason"]>;

const absences: Readonly<
  Record<Reason, { readonly title: string; readonly evidence: string; readonly short: string }>
> = {
  no_plan: {
    title: "No plan on that day",
    evidence: "No commission plan held for this person on the day the money arrived.",
    short: "no plan on that day",
  },
  zero_rate: {
    title: "The rate is nothing",
    evidence: "The plan pays 0% on this kind of payment.",
    short: "the plan pays 0%",
  },
  below_threshold: {
    title: "Below the threshold",
    evidence:
      "The plan pays nothing until enough is verified in the month. Once it is reached, this payment is paid, too.",
    short: "below the threshold",
  },
  budget_spent: {
    title: "The budget is used up",
    evidence: "The extra is paid as long as its budget lasts, first come, first served.",
    short: "the budget is used up",
  },
  rounds_to_zero: {
    title: "Rounds to nothing",
    evidence:
      "The commission is less than half of the smallest coin. It counts towards the month's total all the same.",
    short: "rounds to nothing",
  },
};

type Named = Pick<Commission, "kind" | "trace" | "adjustment">;

const besideCommission: Readonly<Partial<Record<NonNullable<Commission["kind"]>, (line: Named) => string>>> = {
  true_up: ({ trace }) => `true-up by ${trace?.trueUp?.cause ?? "a later payment"}`,
  bonus: ({ trace }) => trace?.bonus?.label ?? "bonus",
  cap: () => "cap of the month",
  spiff: ({ trace }) => trace?.component ?? "extra",
  adjustment: ({ adjustment }) => adjustment?.code ?? "adjustment",
  correction: () => "Correction",
};

/** In a row, what a line is beside the commission of its payment; null where it is just that. */
export function kindWords(line: Named): string | null {
  return line.kind === null ? null : (besideCommission[line.kind]?.(line) ?? null);
}

/** In a row: "no plan on that day". */
export function absenceWords(reason: Reason): string {
  return absences[reason].short;
}

/** What somebody could do so that it pays; undefined where nothing would. */
export function adviceFor({ reason, trace }: Commission): string | undefined {
  if (reason === "no_plan")
    return "Ask whoever keeps the plans which one holds. A plan that is assigned later does not change posted lines.";
  if (trace !== null && trace.cause === undefined && isLate(trace)) {
    return `The money arrived on ${formatFullDay(trace.basis.valueOn)} and counts in that month, whenever it is verified.`;
  }
  return undefined;
}

function isLate({ basis }: CommissionTrace): boolean {
  return basis.verifiedAt.slice(0, 7) > basis.valueOn.slice(0, 7);
}

function sumOfTiers({ tiers }: CommissionTrace, currency: string): WireMoney {
  const minor = tiers.reduce((total, { commission }) => total + fromWire({ amount: commission, currency }).minor, 0n);
  return toWire(minor, currency);
}

/** A fraction of minor units as an amount: "300000/1" is 3,000.00, "100001/2" is 500.005. Six places at most. */
export function exactText(fraction: string, currency: string): string {
  const [numerator = 0n, denominator = 1n] = fraction.split("/").map(BigInt);
  const digits = minorDigits(currency);
  const places = digits + 6;
  const scaled = (numerator * 10n ** 6n) / denominator;
  const size = scaled < 0n ? -scaled : scaled;
  const text = size.toString().padStart(places + 1, "0");
  const decimals = text.slice(-places);
  const kept = Math.max(digits, decimals.replace(/0+$/, "").length);
  const whole = text.slice(0, -places).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  const isCut = (numerator * 10n ** 6n) % denominator !== 0n;
  return `${scaled < 0n ? "−" : ""}${whole}${kept === 0 ? "" : `.${decimals.slice(0, kept)}`}${isCut ? "…" : ""}`;
}

function isZero(amount: string): boolean {
  return /^-?0+(\.0+)?$/.test(amount);
}
