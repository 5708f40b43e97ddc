/**
 * Ranks order the cards of a stage: fractions written in base 36 without the leading "0.", compared as text. Between
 * any two there is always another one, so moving a card writes one row. A rank never ends in 0, which would leave no
 * room before its own prefix.
 */
const digits = "0123456789abcdefghijklmnopqrstuvwxyz";
const base = digits.length;

/**
 * A rank between two others; null stands for the top and for the bottom.
 * @throws RangeError where they are not in order
 */
export function rankBetween(above: string | null, below: string | null): string {
  if (above !== null && below !== null && above >= below) throw new RangeError(`${above} is not above ${below}`);
  return midpoint(above ?? "", below);
}

/** Shortest fraction strictly between two; `above` may be empty for zero, `below` null for one. */
function midpoint(above: string, below: string | null): string {
  const shared = below === null ? 0 : sharedPrefix(above, below);
  if (below !== null && shared > 0) return below.slice(0, shared) + midpoint(above.slice(shared), below.slice(shared));
  const low = above === "" ? 0 : digits.indexOf(above.charAt(0));
  const high = below === null ? base : digits.indexOf(below.charAt(0));
  if (high - low > 1) return digits.charAt(Math.floor((low + high) / 2));
  // Neighbouring digits: the rest decides. "4" and "5" leave 4i between them, "4" and "41" leave 40i.
  if (below !== null && below.length > 1) return below.charAt(0);
  return digits.charAt(low) + midpoint(above.slice(1), null);
}

/** Length of the beginning both have in common, with missing digits of `above` read as 0. */
function sharedPrefix(above: string, below: string): number {
  let length = 0;
  while (length < below.length && (above.charAt(length) || "0") === below.charAt(length)) length += 1;
  return length;
}

/** 2 to the 48th in milliseconds lies in the year 10889. */
const endOfTime = 2 ** 48;

/**
 * The rank of a card that comes in at the top: the later, the further up, without reading the others.
 * @param noise tells cards of the same millisecond apart, 0 to 1
 */
export function rankOnTop(now: Date, noise: number): string {
  const countdown = (endOfTime - now.getTime()).toString(base).padStart(10, "0");
  const tail = Math.floor(noise * base ** 4)
    .toString(base)
    .padStart(4, "0");
  return `${countdown}${tail}i`;
}
