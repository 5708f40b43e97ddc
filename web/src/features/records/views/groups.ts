import type { Condition } from "@rainmaker/contracts/records/filters";
import type { ListGroup } from "@rainmaker/contracts/records/totals";
import { formatCountOf, formatMoney, formatMonth } from "#lib/format";
import type { ViewField } from "./view-fields.ts";

/** The condition whose rows are those of a group. @param key null for rows without a value */
export function groupRule(field: string, key: string | null): Condition {
  return key === null ? { field, operator: "empty" } : { field, operator: "is", value: key };
}

/** What the head of a group says. */
export function groupName({ key, label }: Pick<ListGroup, "key" | "label">, field: ViewField | undefined): string {
  if (key === null) return `No ${field?.label.toLowerCase() ?? "value"}`;
  const option = field?.options?.find(({ value }) => value === key);
  return label ?? option?.label ?? (/^\d{4}-\d{2}$/.test(key) ? formatMonth(key) : key);
}

/** "12 opportunities · $84,000 + €12,000"; currencies are never added up. */
export function figuresText(
  { count, sums }: Pick<ListGroup, "count" | "sums">,
  nouns: readonly [string, string],
): string {
  const money = sums.map((sum) => formatMoney(sum, { style: "short" })).join(" + ");
  return [formatCountOf(count, ...nouns), money].filter((part) => part !== "").join(" · ");
}
