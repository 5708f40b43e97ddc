import type { Freshness } from "@rainmaker/contracts/sales/freshness";

/** When a sale was last moved or in touch, and what is planned. */
export type Quiet = {
  /** Instant: the later of its last move and its last call, meeting or mail. */
  readonly quietSince: string;
  /** Days of the next step and of the latest follow-up that was asked for. */
  readonly nextStepOn: string | null;
  readonly followUpOn: string | null;
};

/** From this share of the limit on a sale is called out, in percent. */
export const warningPercent = 70;

const dayMs = 86_400_000;

/**
 * How fresh an open sale is. Days are whole ones: a limit of seven is passed on the eighth. A step that lies ahead, or is
 * for today, keeps it fresh; once its day has passed, all the quiet days count.
 * @param limitDays null where the stage has no limit
 * @param today the organization's calendar day
 */
export function freshnessOf(quiet: Quiet, limitDays: number | null, today: string, now: Date): Freshness | null {
  if (limitDays === null) return null;
  const quietMs = Math.max(0, now.getTime() - Date.parse(quiet.quietSince));
  const quietDays = Math.floor(quietMs / dayMs);
  const later = [quiet.nextStepOn ?? "", quiet.followUpOn ?? ""].reduce((a, b) => (a > b ? a : b));
  const pausedUntil = later >= today ? later : null;
  return { state: stateOf(quietMs, limitDays, pausedUntil !== null), quietDays, limitDays, pausedUntil };
}

function stateOf(quietMs: number, limitDays: number, isPaused: boolean): Freshness["state"] {
  if (isPaused) return "fresh";
  if (quietMs >= (limitDays + 1) * dayMs) return "rotten";
  return quietMs * 100 >= limitDays * dayMs * warningPercent ? "warning" : "fresh";
}
