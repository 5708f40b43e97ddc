import type { Freshness } from "@rainmaker/contracts/sales/freshness";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { daysBetween, formatCountOf, formatDay } from "#lib/format";

type Facts = Pick<OpportunityCard, "stage" | "stageSince" | "expectedCloseOn" | "freshness">;

const dayMs = 86_400_000;

/** Whole days in the stage it is in. */
export function daysInStage(stageSince: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(stageSince)) / dayMs));
}

/**
 * Why an open opportunity is at risk, in words; null while it is not. The same rule as the server's view at-risk.
 * @param normDays the stage's usual days, null where it has none
 * @param today the organization's day
 */
export function riskOf(facts: Facts, normDays: number | null, today: string, now: Date): string | null {
  if (facts.stage.kind !== "open") return null;
  const overdue = facts.expectedCloseOn === null ? 0 : daysBetween(facts.expectedCloseOn, today);
  if (overdue > 0) return `Overdue by ${formatCountOf(overdue, "day")}`;
  if (facts.freshness?.state === "rotten") return quietText(facts.freshness);
  const days = daysInStage(facts.stageSince, now);
  return normDays !== null && days > normDays ? `In stage ${formatCountOf(days, "day")}, norm ${normDays}` : null;
}

/** What is worth a word before it is a risk: it has been quiet for most of what its stage allows. */
export function warningOf({ freshness }: Pick<OpportunityCard, "freshness">): string | null {
  return freshness?.state === "warning" ? quietText(freshness) : null;
}

function quietText({ quietDays, limitDays }: Freshness): string {
  return `No contact ${quietDays} d, limit ${limitDays}`;
}

/** How long nobody has been in touch, or until when something is planned. */
export function contactText({ quietDays, limitDays, pausedUntil }: Freshness): string {
  if (pausedUntil !== null) return `Planned for ${formatDay(pausedUntil)}`;
  return quietDays === 0 ? "Today" : `${quietDays} d ago, limit ${limitDays}`;
}
