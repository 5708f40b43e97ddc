import type { Address } from "@rainmaker/contracts/sales/customers";

const parts = ["street", "postalCode", "city", "region", "country"] as const satisfies readonly (keyof Address)[];
type Parts = Readonly<Record<(typeof parts)[number], string>>;

/** As on a letter: street, postal code and city, region, country. */
export function addressLines(address: Address | null): readonly string[] {
  if (address === null) return [];
  const { street, postalCode, city, region, country } = address;
  const town = [postalCode, city].filter((part) => part !== null).join(" ");
  return [street, town, region, country].filter((line) => line !== null && line !== "") as string[];
}

export function addressParts(address: Address | null): Parts {
  return Object.fromEntries(parts.map((part) => [part, address?.[part] ?? ""])) as Parts;
}

/** Null where nothing was given. */
export function readAddress(given: Parts): Address | null {
  const entries = parts.map((part) => [part, given[part].trim() === "" ? null : given[part].trim()] as const);
  return entries.every(([, value]) => value === null) ? null : (Object.fromEntries(entries) as Address);
}
