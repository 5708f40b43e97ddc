import type { Credit } from "../deals/deal.ts";
import { rational, round } from "../money/rational.ts";
import { shareChanges, type Share } from "./credit-shares.ts";

type CountingRule = {
  readonly id: string;
  readonly memberId: string;
  readonly creditKind: "revenue" | "overlay" | "team";
};

export type Lead = { readonly memberId: string; readonly leaderId: string };

/** What of a payment counts for somebody by a rule, in the payment's currency. */
export type DueCredit<R extends CountingRule = CountingRule> = { readonly rule: R; readonly share: Share };

/**
 * What a verified payment counts for whom: its shares by their own rules, and for who leads those it is credited to
 * what these are credited, on top: never a part of the whole.
 * @param rules of everybody who may be counted
 */
export function dueCredits<R extends CountingRule>(
  amountMinor: bigint,
  credits: readonly Credit[],
  rules: readonly R[],
  leads: readonly Lead[],
): DueCredit<R>[] {
  const revenue = shareChanges(0n, amountMinor, credits, "revenue");
  const overlay = shareChanges(0n, amountMinor, credits, "overlay");
  return rules.flatMap((rule) => {
    const share =
      rule.creditKind === "team"
        ? teamShare(rule.memberId, revenue, leads)
        : (rule.creditKind === "revenue" ? revenue : overlay).find(({ memberId }) => memberId === rule.memberId);
    return share === undefined ? [] : [{ rule, share }];
  });
}

function teamShare(leaderId: string, revenue: readonly Share[], leads: readonly Lead[]): Share | undefined {
  const led = revenue.filter(({ memberId }) =>
    leads.some((lead) => lead.leaderId === leaderId && lead.memberId === memberId),
  );
  if (led.length === 0) return undefined;
  return {
    memberId: leaderId,
    basisPoints: led.reduce((sum, { basisPoints }) => sum + basisPoints, 0),
    minor: led.reduce((sum, { minor }) => sum + minor, 0n),
  };
}

/**
 * How a team's share changes as less of a payment is left, or more again. Who led whom then is in the share that was
 * counted; all of it gone leaves nothing.
 * @param whole the payment, and what of it was counted
 */
export function teamShareChange(
  whole: { readonly payment: bigint; readonly counted: bigint },
  before: bigint,
  after: bigint,
): bigint {
  const left = (of: bigint): bigint => round(rational(whole.counted * of, whole.payment));
  return left(after) - left(before);
}
