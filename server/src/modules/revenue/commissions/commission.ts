import {
  add,
  compare,
  multiply,
  parseRational,
  rational,
  round,
  subtract,
  toText,
  zero,
  type Rational,
  type Rounding,
} from "../money/rational.ts";

/** From this cumulative credit on (minor units), each further unit pays this rate (a decimal as text). */
export type Tier = { readonly from: Rational; readonly rate: string };

/** Who is exactly at a boundary is above it, or still below. */
export type Boundary = "lower_inclusive" | "upper_inclusive";

/** One rule of a plan, as far as calculating goes. Tiers ascend and the first begins at zero; a flat rate is one tier. */
export type Component = {
  readonly tiers: readonly Tier[];
  /** marginal: each tier pays on what lies in it; retroactive: the tier that is reached pays on everything. */
  readonly mode: "marginal" | "retroactive";
  /** Decides retroactive tiers and the threshold; what lies exactly at a marginal bound is paid the same either way. */
  readonly boundary: Boundary;
  /** Credit (minor units) below which nothing is paid; once it is reached, everything is, from the first unit. */
  readonly threshold: Rational | null;
  readonly rounding: Rounding;
};

/** A component that pays these tiers, each on what lies in it, from the first unit. */
export function marginalComponent(tiers: readonly Tier[], rounding: Rounding): Component {
  return { tiers, mode: "marginal", boundary: "lower_inclusive", threshold: null, rounding };
}

/** A part of the credited amount that one rate was paid on. `to` is null in the last tier. Minor units. */
export type TierPart = {
  readonly from: Rational;
  readonly to: Rational | null;
  readonly rate: string;
  readonly amount: Rational;
  readonly commission: Rational;
};

/** Minor units; a fraction where money was exchanged, which is rounded only when it is posted. */
export type Amount = bigint | Rational;

/** What a posting is and how it came to be. Minor units. */
export type Calculation = {
  /** Posted: the difference of the two rounded totals. */
  readonly commission: bigint;
  readonly before: { readonly credited: Rational; readonly commission: bigint };
  readonly after: { readonly credited: Rational; readonly commission: bigint };
  /** The credit of this posting by tier. */
  readonly parts: readonly TierPart[];
  /** Cumulative commission before rounding, as a fraction. */
  readonly exact: string;
};

/**
 * Commission on a credit by cumulative difference: C(x) is a pure function of everything credited in the period, and
 * a posting is round(C(after)) - round(C(before)). So the lines always add up to the rounded whole: three instalments
 * of 100.00 at 3.5 % pay 3.50, where rounding each alone would pay 3.51.
 * @param creditedBefore credited in the period so far, minor units
 * @param credit credited now, minor units; negative where money went back
 */
export function calculateCommission(component: Component, creditedBefore: Amount, credit: Amount): Calculation {
  const start = exactly(creditedBefore);
  const end = add(start, exactly(credit));
  const exactAfter = cumulativeCommission(component, end, end);
  const before = { credited: start, commission: roundedTotal(component, start) };
  const after = { credited: end, commission: round(exactAfter, component.rounding) };
  return {
    commission: after.commission - before.commission,
    before,
    after,
    parts: partsOf(component, start, end),
    exact: toText(exactAfter),
  };
}

export function exactly(amount: Amount): Rational {
  return typeof amount === "bigint" ? rational(amount) : amount;
}

/** The rounded commission of a whole period's credit: what its postings add up to. */
export function roundedTotal(component: Component, credited: Amount): bigint {
  return roundedTotalAt(component, credited, credited);
}

/**
 * What the first part of a period's credit earns by the rules that the whole of it has reached. The parts of all deals
 * by this add up to the rounded whole, so that a retroactive crossing can be posted deal by deal.
 * @param credited the first part, minor units
 * @param reached everything credited in the period
 */
export function roundedTotalAt(component: Component, credited: Amount, reached: Amount): bigint {
  return round(cumulativeCommission(component, exactly(credited), exactly(reached)), component.rounding);
}

/** Whether the step from one total to another changes what earlier credit is paid. */
export function reprices(component: Component, start: Amount, end: Amount): boolean {
  const [before, after] = [exactly(start), exactly(end)];
  if (paysAt(component, before) !== paysAt(component, after)) return true;
  return component.mode === "retroactive" && reachedTier(component, before) !== reachedTier(component, after);
}

/** C(x), exact. Below zero, the first rate is owed back. */
function cumulativeCommission(component: Component, credited: Rational, reached: Rational): Rational {
  if (!paysAt(component, reached)) return zero;
  if (component.mode === "retroactive") {
    return multiply(credited, parseRational(reachedTier(component, reached)?.rate ?? "0"));
  }
  return marginalParts(component, zero, credited).reduce((total, { commission }) => add(total, commission), zero);
}

function paysAt({ threshold, boundary }: Component, credited: Rational): boolean {
  return threshold === null || isReached(threshold, boundary, credited);
}

function reachedTier({ tiers, boundary }: Component, credited: Rational): Tier | undefined {
  return tiers.findLast(({ from }, index) => index === 0 || isReached(from, boundary, credited));
}

/** Whether a total has reached a bound, by how boundaries are read. */
export function isReached(bound: Rational, boundary: Boundary, credited: Rational): boolean {
  const distance = compare(credited, bound);
  return boundary === "lower_inclusive" ? distance >= 0 : distance > 0;
}

function partsOf(component: Component, start: Rational, end: Rational): TierPart[] {
  if (!paysAt(component, end)) return [];
  if (component.mode === "marginal") return marginalParts(component, start, end);
  const tier = reachedTier(component, end);
  const amount = subtract(end, start);
  if (tier === undefined || amount.n === 0n) return [];
  const to = component.tiers[component.tiers.indexOf(tier) + 1]?.from ?? null;
  return [{ from: tier.from, to, rate: tier.rate, amount, commission: multiply(amount, parseRational(tier.rate)) }];
}

function marginalParts({ tiers }: Component, start: Rational, end: Rational): TierPart[] {
  const [low, high, sign] = compare(start, end) <= 0 ? [start, end, 1n] : [end, start, -1n];
  return tiers.flatMap((tier, index) => {
    const to = tiers[index + 1]?.from ?? null;
    // What lies below zero belongs to the first tier.
    const from = index === 0 && compare(low, tier.from) < 0 ? low : tier.from;
    const amount = multiply(rational(sign), overlap(low, high, from, to));
    if (amount.n === 0n) return [];
    return [{ from: tier.from, to, rate: tier.rate, amount, commission: multiply(amount, parseRational(tier.rate)) }];
  });
}

function overlap(low: Rational, high: Rational, from: Rational, to: Rational | null): Rational {
  const start = compare(low, from) > 0 ? low : from;
  const end = to !== null && compare(to, high) < 0 ? to : high;
  return compare(end, start) > 0 ? subtract(end, start) : zero;
}
