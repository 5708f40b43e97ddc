import { currencyCodes, minorDigits } from "@rainmaker/contracts/currencies";

const digitCounts = [0, 2, 3, 4] as const;
const codesByDigits = new Map(
  digitCounts.map((digits) => [digits, currencyCodes.filter((code) => minorDigits(code) === digits)] as const),
);

export type MinorAmount = { readonly minor: string; readonly currencies: readonly string[] };

/**
 * A decimal in minor units, once for the currencies of each count of digits. Where it has more digits than they, it is
 * none of their amounts; `isRounded` takes it down to one, for comparing.
 */
export function minorAmounts(decimal: string, isRounded: boolean): MinorAmount[] {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return [...codesByDigits].flatMap(([digits, currencies]) => {
    if (!isRounded && fraction.slice(digits).replaceAll("0", "") !== "") return [];
    const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0")).toString();
    // A column holds 15 digits.
    return minor.length > 15 && !isRounded ? [] : [{ minor, currencies }];
  });
}

/** Keys of amounts as the database writes them: minor units and currency. */
export function amountKeys(decimal: string): string[] {
  return minorAmounts(decimal, false).flatMap(({ minor, currencies }) => currencies.map((code) => `${minor}${code}`));
}
