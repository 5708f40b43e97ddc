/** A refresh token works for a week; each use hands out the next one. */
export const refreshDays = 7;

/**
 * A token that was just rotated is asked for again when two tabs refresh at once or an answer was lost: the same
 * device then gets the same successor. Later, or from another device, it is theft.
 */
const graceMs = 30_000;

export type PresentedToken = {
  readonly expiresAt: string;
  /** Null while it is the newest of its session. */
  readonly rotatedAt: string | null;
  readonly sessionEndedAt: string | null;
  readonly sessionDevice: string | null;
};

export type Verdict = "rotate" | "repeat" | "expired" | "ended" | "stolen";

/** What to do with a refresh token that somebody presents. */
export function judgeRefresh(token: PresentedToken, device: string | null, now: Date): Verdict {
  if (token.sessionEndedAt !== null) return "ended";
  if (token.rotatedAt !== null) {
    const isFresh = now.getTime() - Date.parse(token.rotatedAt) <= graceMs;
    return isFresh && device === token.sessionDevice ? "repeat" : "stolen";
  }
  return Date.parse(token.expiresAt) <= now.getTime() ? "expired" : "rotate";
}

export function refreshExpiry(now: Date): Date {
  return new Date(now.getTime() + refreshDays * 86_400_000);
}

/** Failed sign-ins within a window lock the key for a while. Per account against guessing, per address against spraying. */
export const throttles = {
  account: { windowSeconds: 900, allowed: 5, lockSeconds: 900 },
  address: { windowSeconds: 900, allowed: 50, lockSeconds: 900 },
} as const;
