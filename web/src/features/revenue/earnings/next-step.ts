import type { Earnings } from "@rainmaker/contracts/revenue/earnings";
import { formatMoney } from "#lib/format";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";

/** "8,400.00 more verified revenue pays 12%"; undefined where no rate is above the one that is reached. */
export function nextStepText({ rules }: Pick<Earnings, "rules">): string | undefined {
  const [nearest] = rules.flatMap(({ next }) => (next === null ? [] : [next]));
  if (nearest === undefined) return undefined;
  return `${formatMoney(nearest.missing)} more verified revenue pays ${rateText(nearest.rate)}`;
}
