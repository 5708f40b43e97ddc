import { rational, toDecimals } from "../money/rational.ts";

/** Share of a target that is reached, with four decimals: "0.7100"; null without a target. For people, never for pay. */
export function attainmentOf(actual: bigint, target: bigint): string | null {
  return target <= 0n ? null : toDecimals(rational(actual, target), 4);
}

type Runner = { readonly id: string; readonly actual: bigint; readonly target: bigint };
export type Ranked = { readonly id: string; readonly attainment: string | null; readonly rank: number | null };

/**
 * Ranks by share of the own target, so that territories compare fairly. Exact fractions decide; equal ones share a
 * rank (1, 1, 3). Without a target there is no rank, and such rows stand last.
 */
export function rankByAttainment(runners: readonly Runner[]): Ranked[] {
  const running = runners.filter(({ target }) => target > 0n);
  const ranked = running
    .toSorted((a, b) => compareShares(b, a))
    .map((runner, _, all): Ranked => {
      const ahead = all.filter((other) => compareShares(other, runner) > 0).length;
      return { id: runner.id, attainment: attainmentOf(runner.actual, runner.target), rank: ahead + 1 };
    });
  const resting = runners.filter(({ target }) => target <= 0n);
  return [...ranked, ...resting.map(({ id }): Ranked => ({ id, attainment: null, rank: null }))];
}

/** Compares a.actual / a.target with b's without dividing. */
function compareShares(a: Runner, b: Runner): number {
  const difference = a.actual * b.target - b.actual * a.target;
  if (difference === 0n) return 0;
  return difference > 0n ? 1 : -1;
}
