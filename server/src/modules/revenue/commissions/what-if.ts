import type { Rational } from "../money/rational.ts";
import {
  calculateCommission,
  exactly,
  type Amount,
  type Boundary,
  type Calculation,
  type Component,
} from "./commission.ts";

/** How much more credit it takes to reach what pays more or other, and the rate from there. Minor units. */
export type NextStep = { readonly missing: bigint; readonly rate: string };

/** What a credit would pay now. */
export type Preview = Pick<Calculation, "commission" | "parts"> & {
  /** From where it would leave the period. */
  readonly next: NextStep | null;
};

/**
 * What a credit would pay now: the calculation of the posting itself, written nowhere, so that the preview is what will
 * be posted unless something comes between.
 * @param creditedBefore credited in the period so far, minor units
 */
export function previewCommission(component: Component, creditedBefore: Amount, credit: Amount): Preview {
  const { commission, parts, after } = calculateCommission(component, creditedBefore, credit);
  return { commission, parts, next: nextStep(component, after.credited) };
}

/** The way to the threshold, or to the next tier once that is reached; null in the last tier. */
export function nextStep({ tiers, threshold, mode, boundary }: Component, total: Amount): NextStep | null {
  const credited = wholeUnits(exactly(total));
  // Units beyond a marginal bound are in the next tier, however the boundary is read.
  const tierBoundary = mode === "marginal" ? "lower_inclusive" : boundary;
  const steps = tiers.map(({ from, rate }) => ({ at: firstReaching(from, tierBoundary), rate }));
  const open = threshold === null ? credited : firstReaching(threshold, boundary);
  const target = open > credited ? open : steps.slice(1).find(({ at }) => at > credited)?.at;
  // Bounds less than a unit apart are reached together.
  const rate = steps.findLast(({ at }, index) => index === 0 || (target !== undefined && at <= target))?.rate;
  return target === undefined || rate === undefined ? null : { missing: target - credited, rate };
}

/** The rate at the last bound that is passed on the way from one credit to another; null where none is. */
export function reachedRate(component: Component, before: Amount, after: Amount): string | null {
  const end = wholeUnits(exactly(after));
  let at = wholeUnits(exactly(before));
  let reached: string | null = null;
  for (let step = nextStep(component, at); step !== null && at + step.missing <= end; step = nextStep(component, at)) {
    at += step.missing;
    reached = step.rate;
  }
  return reached;
}

/** The lowest credit that has reached a bound. Bounds are not below zero, so dividing cuts downwards. */
function firstReaching({ n, d }: Rational, boundary: Boundary): bigint {
  const below = n / d;
  return boundary === "lower_inclusive" && below * d === n ? below : below + 1n;
}

/** A fraction of a unit counts as none: the way is never said to be shorter than it is. */
function wholeUnits({ n, d }: Rational): bigint {
  return n >= 0n || n % d === 0n ? n / d : n / d - 1n;
}
