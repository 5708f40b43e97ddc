import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { readBoard as boardContract } from "@rainmaker/contracts/sales/board";

type Column = ReplyInput<typeof boardContract>["columns"][number];

/** What one currency of a stage adds up to; the amount in minor units. */
export type TotalRow = {
  readonly stage_id: string;
  readonly currency: string;
  readonly count: bigint;
  readonly amount: string;
};

/** The head of a column: how many, worth what, and worth what by the chance of the stage. */
export function figuresOf(
  stage: Column["stage"],
  totals: readonly TotalRow[],
): Pick<Column, "stage" | "count" | "sums"> {
  const own = totals.filter((row) => row.stage_id === stage.id);
  return {
    stage,
    count: Number(own.reduce((sum, { count }) => sum + count, 0n)),
    sums: own.map(({ currency, amount }) => {
      const minor = BigInt(amount);
      return {
        currency,
        amount: toWire(minor, currency),
        weighted: toWire(weighted(minor, stage.probability), currency),
      };
    }),
  };
}

/** A forecast figure, cut to whole minor units: probabilities are estimates, money that is paid never passes here. */
function weighted(minor: bigint, probability: number): bigint {
  return (minor * BigInt(probability)) / 100n;
}
