import type { QueryOf } from "@rainmaker/contracts/endpoint";
import type { MemberId } from "@rainmaker/contracts/ids";
import { bothFilters, type Filter } from "@rainmaker/contracts/records/filters";
import type { customerGroups } from "@rainmaker/contracts/sales/choices";
import { listCustomers, totalCustomers, type CustomerRow } from "@rainmaker/contracts/sales/customers";
import { filterQueryOf, rowsQuery, totalsQuery, type RowsQuery, type TotalsQuery } from "#features/records";
import { liveQuery } from "#lib/query";
import type { CustomersSearch } from "./search.ts";

/** Their own figures change with their opportunities. */
const entities = ["customer", "opportunity"];

export type CustomerFilter = Pick<CustomersSearch, "q" | "industry" | "sort"> & {
  readonly ownerId?: MemberId | undefined;
  /** Of the view and of the bar. */
  readonly filter: Filter;
};

function narrowedBy({
  q,
  industry,
  ownerId,
  filter,
}: Omit<CustomerFilter, "sort">): Omit<QueryOf<typeof totalCustomers>, "groupBy"> {
  const text = q?.trim() ?? "";
  return {
    ...(text !== "" && { q: text }),
    ...(industry !== undefined && { industry }),
    ...(ownerId !== undefined && { ownerId }),
    ...filterQueryOf(filter),
  };
}

/** Customers page by page, in their order. */
export function customerRows({ sort, ...filter }: CustomerFilter): RowsQuery<CustomerRow> {
  return rowsQuery(listCustomers, { ...narrowedBy(filter), sort: sort ?? "name" }, entities);
}

/** How many there are, whole and by groups. */
export function customerTotals(filter: Omit<CustomerFilter, "sort">, groupBy: string | undefined): TotalsQuery {
  const by = groupBy as (typeof customerGroups)[number] | undefined;
  return totalsQuery(totalCustomers, { ...narrowedBy(filter), ...(by !== undefined && { groupBy: by }) }, ["customer"]);
}

/** How many there are; beyond 1,000 only that there are more. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function customerCountQuery(filter: CustomerFilter) {
  const query = { ...narrowedBy(filter), limit: "1", count: "capped" as const };
  return liveQuery(listCustomers, { query }, ["customer"]);
}

/** All that narrows the list as one filter: for taking it out and for changing all of it. */
export function wholeFilter({ q, industry, ownerId, filter }: CustomerFilter): Filter {
  const text = q?.trim() ?? "";
  const quick = [
    ...(text === "" ? [] : [{ field: "name", operator: "startsWith" as const, value: text }]),
    ...(industry === undefined ? [] : [{ field: "industry", operator: "is" as const, value: industry }]),
    ...(ownerId === undefined ? [] : [{ field: "ownerId", operator: "is" as const, value: ownerId }]),
  ];
  return bothFilters(filter, { match: "all", rules: quick });
}
