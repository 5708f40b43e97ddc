/** An exact fraction in lowest terms with a positive denominator. All commission arithmetic is done in these. */
export type Rational = { readonly n: bigint; readonly d: bigint };

export type Rounding = "half_up" | "half_even";

export const zero: Rational = { n: 0n, d: 1n };

/** @throws RangeError for a denominator of zero */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError("a fraction has no denominator of zero");
  const divisor = greatestDivisor(n, d);
  const sign = d < 0n ? -1n : 1n;
  return { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads "0.035" exactly. @throws RangeError on anything but plain decimal digits */
export function parseRational(text: string): Rational {
  const match = decimal.exec(text);
  if (match === null) throw new RangeError(`${text} is not a decimal number`);
  const [, sign = "", whole = "", fraction = ""] = match;
  const digits = BigInt(whole + fraction);
  return rational(sign === "-" ? -digits : digits, 10n ** BigInt(fraction.length));
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

/** @throws RangeError for a divisor of zero */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

/** Below zero, zero or above it, as a is less than, equal to or more than b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

/**
 * To whole units, halves as the rule says: half_up away from zero on both sides, so that taking back is the mirror of
 * giving; half_even to the even neighbour.
 */
export function round({ n, d }: Rational, rounding: Rounding = "half_up"): bigint {
  const isNegative = n < 0n;
  const magnitude = isNegative ? -n : n;
  const whole = magnitude / d;
  const twiceRest = (magnitude % d) * 2n;
  const goesUp = twiceRest > d || (twiceRest === d && (rounding === "half_up" || whole % 2n === 1n));
  const rounded = goesUp ? whole + 1n : whole;
  return isNegative ? -rounded : rounded;
}

export function toText({ n, d }: Rational): string {
  return `${n}/${d}`;
}

/**
 * As a decimal number with every digit it has: what exchanging leaves is tenths of tenths, never thirds.
 * @throws RangeError for a fraction that has no end as a decimal
 */
export function decimalOf({ n, d }: Rational): string {
  for (let places = 0; places <= 16; places += 1) {
    if (10n ** BigInt(places) % d === 0n) return toDecimals({ n, d }, places);
  }
  throw new RangeError(`${toText({ n, d })} has more digits than are kept`);
}

/** Cut after so many decimals, for attainment and other shares that are shown, never paid: 6/5 is "1.2000". */
export function toDecimals({ n, d }: Rational, places: number): string {
  return withPoint(n < 0n, ((n < 0n ? -n : n) * 10n ** BigInt(places)) / d, places);
}

/** Rounded half up after so many decimals: 2/3 is "0.6667". */
export function toRoundedDecimals(value: Rational, places: number): string {
  const scaled = round(multiply(value, rational(10n ** BigInt(places))));
  return withPoint(scaled < 0n, scaled < 0n ? -scaled : scaled, places);
}

function withPoint(isNegative: boolean, scaled: bigint, places: number): string {
  const text = scaled.toString().padStart(places + 1, "0");
  const sign = isNegative && scaled > 0n ? "-" : "";
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}
