type Workdays = { readonly elapsed: number; readonly total: number };

/**
 * How many working days somebody is ahead of the pace that would just reach the target, negative for behind.
 * @param ratio share of the target that is reached, as on the wire: "0.7100"
 */
export function daysAhead(ratio: string, { elapsed, total }: Workdays): number {
  const share = Number(ratio);
  // Whoever has reached the target is as far ahead as there are days left, not further.
  return Math.trunc(Math.min(share, 1) * total - elapsed);
}

/** Share of the month that is over, 0 to 1: where a bar would be on pace. */
export function paceShare({ elapsed, total }: Workdays): number {
  return total === 0 ? 0 : elapsed / total;
}

type Standing = { readonly words: string; readonly tone: "success" | "neutral" | "warning" | "danger" };

/** Working days behind from which on it is more than a matter of catching up. */
const farBehind = 5;

/** Where somebody stands with a goal: the words say it, the tone repeats it. */
export function standingOf(ratio: string, workdays: Workdays): Standing {
  if (Number(ratio) >= 1) return { words: "Goal reached", tone: "success" };
  const { elapsed, total } = workdays;
  if (elapsed === 0) return { words: "Not started", tone: "neutral" };
  // Once the last day counts there is nothing left to catch up in.
  if (elapsed === total) return { words: `${Math.ceil((1 - Number(ratio)) * 100)}% short`, tone: "danger" };
  const days = daysAhead(ratio, workdays);
  if (days === 0) return { words: "On pace", tone: "neutral" };
  const count = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  if (days > 0) return { words: `${count} ahead`, tone: "success" };
  return { words: `${count} behind`, tone: -days > farBehind ? "danger" : "warning" };
}
