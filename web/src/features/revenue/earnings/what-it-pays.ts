import type { WhatIf } from "@rainmaker/contracts/revenue/earnings";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import { formatMoney, signOf } from "#lib/format";

/** What one sale alone would pay, as text; undefined where no plan counts it. */
export function payText({ items: [item] }: Pick<WhatIf, "items">): string | undefined {
  return item?.commission == null ? undefined : formatMoney(item.commission, { style: "short" });
}

/** What it would change about the rate: "It takes you to 12%. From there, $8,400.00 more verified revenue pays 15%." */
export function rateSentence({ items: [item], next }: Pick<WhatIf, "items" | "next">): string | undefined {
  if (item?.commission == null) return undefined;
  const { currency } = item.commission;
  const reached = next.find((rule) => rule.reached !== null)?.reached ?? null;
  const step = next.find((rule) => rule.step?.missing.currency === currency)?.step ?? null;
  const more = step && `${formatMoney(step.missing)} more verified revenue pays ${rateText(step.rate)}.`;
  if (reached !== null) return `It takes you to ${rateText(reached)}.${more === null ? "" : ` From there, ${more}`}`;
  return more === null ? undefined : `With it, ${more}`;
}

/** What each sale would pay by itself, in the currency of its value, for those that would pay something: "+5,328". */
export function paysOf({ items }: Pick<WhatIf, "items">): Map<WhatIf["items"][number]["opportunityId"], string> {
  return new Map(
    items.flatMap(({ opportunityId, alone }) =>
      alone === null || signOf(alone) === 0
        ? []
        : [[opportunityId, formatMoney(alone, { style: "compact", signed: true, bare: true })] as const],
    ),
  );
}
