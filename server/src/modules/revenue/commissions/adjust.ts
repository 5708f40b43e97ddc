import { multiply, parseRational, rational, round, type Rounding } from "../money/rational.ts";

/** Something on top of a commission, or off it: a share of the base, or a sum in minor units. */
export type Adjustment = { readonly code: string } & ({ readonly rate: string } | { readonly amount: bigint });

export type Adjustments = {
  readonly bonuses: readonly Adjustment[];
  readonly penalties: readonly Adjustment[];
  /** Most that is paid, minor units; null for no limit. */
  readonly cap: bigint | null;
  readonly rounding: Rounding;
};

export type AdjustmentLine = {
  readonly kind: "bonus" | "penalty" | "cap";
  /** Of the bonus or penalty. */
  readonly code: string | null;
  readonly amount: bigint;
};

/**
 * Base, then bonuses, then penalties, then the cap. Shares are of the base, never of each other. Penalties stop at zero,
 * and what they took is what is recorded. A cap is a line of its own, never a number cut short.
 */
export function adjust(
  base: bigint,
  { bonuses, penalties, cap, rounding }: Adjustments,
): { readonly lines: readonly AdjustmentLine[]; readonly total: bigint } {
  let total = base;
  const lines: AdjustmentLine[] = [];
  const add = (kind: AdjustmentLine["kind"], code: string | null, amount: bigint): void => {
    total += amount;
    lines.push({ kind, code, amount });
  };
  for (const bonus of bonuses) add("bonus", bonus.code, sumOf(bonus, base, rounding));
  for (const penalty of penalties) {
    const asked = sumOf(penalty, base, rounding);
    const taken = asked < total ? asked : total;
    add("penalty", penalty.code, taken > 0n ? -taken : 0n);
  }
  if (cap !== null && total > cap) add("cap", null, cap - total);
  return { lines, total };
}

function sumOf(adjustment: Adjustment, base: bigint, rounding: Rounding): bigint {
  if ("amount" in adjustment) return adjustment.amount;
  return round(multiply(rational(base), parseRational(adjustment.rate)), rounding);
}
