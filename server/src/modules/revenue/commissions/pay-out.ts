import { multiply, rational, round, type Rational } from "../money/rational.ts";

export type Draw = {
  /** Guaranteed per period, minor units. */
  readonly amount: bigint;
  /** Whether an advance is owed back from earnings above the draw. */
  readonly isRecoverable: boolean;
};

export type DrawRow = {
  readonly gross: bigint;
  readonly advance: bigint;
  readonly recovered: bigint;
  readonly net: bigint;
  /** Owed after this period. */
  readonly owed: bigint;
};

/**
 * Period by period: who earns less than the draw is advanced the rest; a recoverable advance is paid back from what is
 * earned above the draw, never from the draw itself.
 */
export function applyDraw({ amount, isRecoverable }: Draw, earnings: readonly bigint[]): DrawRow[] {
  let owed = 0n;
  return earnings.map((gross) => {
    const advance = gross < amount ? amount - gross : 0n;
    const above = gross > amount ? gross - amount : 0n;
    const recovered = above < owed ? above : owed;
    owed += (isRecoverable ? advance : 0n) - recovered;
    return { gross, advance, recovered, net: gross + advance - recovered, owed };
  });
}

/** The held part is rounded and the paid part is the rest, so that both always add up to what was earned. */
export function holdBack(gross: bigint, share: Rational): { readonly held: bigint; readonly paidNow: bigint } {
  const held = round(multiply(rational(gross), share));
  return { held, paidNow: gross - held };
}

/** A sum for each that qualifies, first come, until the budget is used up. Minor units. @param budget null: no limit */
export function paySpiff(perUnit: bigint, budget: bigint | null, count: number): bigint[] {
  let left = budget;
  return Array.from({ length: count }, () => {
    const payout = left !== null && left < perUnit ? left : perUnit;
    if (left !== null) left -= payout;
    return payout;
  });
}
