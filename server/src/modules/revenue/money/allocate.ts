/**
 * Divides an amount by weights, exactly: the parts add up to the whole. Largest remainder; of equal remainders the
 * earlier part gets the unit; a weight of zero gets nothing; a negative amount is divided as the mirror image.
 * @throws RangeError where no weight is above zero or one is below
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError("weights have to be positive");
  const magnitude = total < 0n ? -total : total;
  const shares = weights.map((weight, index) => {
    const exact = magnitude * weight;
    return { index, part: exact / sum, remainder: exact % sum };
  });
  const left = magnitude - shares.reduce((all, { part }) => all + part, 0n);
  const byRemainder = shares
    .filter(({ remainder }) => remainder > 0n)
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const lucky = new Set(byRemainder.slice(0, Number(left)).map(({ index }) => index));
  return shares.map(({ index, part }) => {
    const whole = lucky.has(index) ? part + 1n : part;
    return total < 0n ? -whole : whole;
  });
}
