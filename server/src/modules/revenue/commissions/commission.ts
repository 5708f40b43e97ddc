import {
  add,
  multiply,
  parseRational,
  rational,
  round,
  toText,
  zero,
  type Rational,
  type Rounding,
} from "../money/rational.ts";

/** From this cumulative credit on (minor units), each further unit pays this rate (a decimal as text). */
export type Tier = { readonly from: bigint; readonly rate: string };

/** One rule of a plan, as far as calculating goes. Tiers ascend and the first begins at zero; a flat rate is one tier. */
export type Component = {
  readonly tiers: readonly Tier[];
  readonly rounding: Rounding;
};

/** A part of the credited amount that one rate was paid on. `to` is null in the last tier. Minor units. */
export type TierPart = {
  readonly from: bigint;
  readonly to: bigint | null;
  readonly rate: string;
  readonly amount: bigint;
  readonly commission: Rational;
};

/** What a posting is and how it came to be. Minor units. */
export type Calculation = {
  /** Posted: the difference of the two rounded totals. */
  readonly commission: bigint;
  readonly before: { readonly credited: bigint; readonly commission: bigint };
  readonly after: { readonly credited: bigint; readonly commission: bigint };
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
export function calculateCommission(component: Component, creditedBefore: bigint, credit: bigint): Calculation {
  const creditedAfter = creditedBefore + credit;
  const exactAfter = cumulativeCommission(component, creditedAfter);
  const before = { credited: creditedBefore, commission: roundedTotal(component, creditedBefore) };
  const after = { credited: creditedAfter, commission: round(exactAfter, component.rounding) };
  return {
    commission: after.commission - before.commission,
    before,
    after,
    parts: partsBetween(component, creditedBefore, creditedAfter),
    exact: toText(exactAfter),
  };
}

/** The rounded commission of a whole period's credit: what its postings add up to. */
export function roundedTotal(component: Component, credited: bigint): bigint {
  return round(cumulativeCommission(component, credited), component.rounding);
}

/** C(x), exact: each tier pays its rate on what lies within it. Below zero, the first rate is owed back. */
function cumulativeCommission(component: Component, credited: bigint): Rational {
  return partsBetween(component, 0n, credited).reduce((total, { commission }) => add(total, commission), zero);
}

function partsBetween({ tiers }: Component, start: bigint, end: bigint): TierPart[] {
  const [low, high, sign] = start <= end ? [start, end, 1n] : [end, start, -1n];
  return tiers.flatMap((tier, index) => {
    const to = tiers[index + 1]?.from ?? null;
    // What lies below zero belongs to the first tier.
    const from = index === 0 && low < tier.from ? low : tier.from;
    const amount = sign * overlap(low, high, from, to);
    if (amount === 0n) return [];
    const commission = multiply(rational(amount), parseRational(tier.rate));
    return [{ from: tier.from, to, rate: tier.rate, amount, commission }];
  });
}

function overlap(low: bigint, high: bigint, from: bigint, to: bigint | null): bigint {
  const start = low > from ? low : from;
  const end = to !== null && to < high ? to : high;
  return end > start ? end - start : 0n;
}
