import type { ImportField, ParsedRow, RowFault } from "#modules/records";
import { valuesSaid } from "../imports/values-said.ts";

/** What a column of a file of products can be, and how other systems head it. */
export const productFields: readonly ImportField[] = [
  {
    name: "name",
    label: "Name",
    kind: "text",
    required: true,
    maxLength: 200,
    synonyms: ["product name", "product", "item", "item name", "title", "article", "produkt"],
  },
  {
    name: "price",
    label: "Price",
    kind: "money",
    required: false,
    synonyms: ["unit price", "sales price", "list price", "standard price", "price per unit", "preis"],
  },
  {
    name: "currency",
    label: "Currency",
    kind: "currency",
    required: false,
    synonyms: ["price currency", "currency code", "product currency", "price book currency"],
  },
];

export type ProductRow = {
  readonly name: string;
  /** Minor units of the currency. */
  readonly price: bigint | null;
  readonly currency: string;
};

/**
 * A row of the file as a product; nothing but the name is needed.
 * @param currency of prices in the file that say none
 */
export function toProductRow({ values }: ParsedRow, currency: string): { row: ProductRow; faults: RowFault[] } {
  const [name, price, own] = [values.get("name"), values.get("price"), values.get("currency")];
  const row: ProductRow = {
    name: typeof name === "string" ? name : "",
    price: typeof price === "bigint" ? price : null,
    currency: typeof own === "string" ? own : currency,
  };
  const faults = row.name === "" ? [{ field: "name", code: "required", message: "A product needs a name" }] : [];
  return { row, faults };
}

/** What a row writes over a product of its name: a price, which goes with its currency. */
export function productValues(row: ProductRow, cleared: ReadonlySet<string>): Record<string, unknown> {
  const price = valuesSaid({ price: row.price }, cleared, { price_minor: { from: "price" } });
  const isPriced = "price_minor" in price;
  return { ...price, ...(isPriced ? { currency: row.price === null ? null : row.currency } : {}) };
}
