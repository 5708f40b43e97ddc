import type { QueryOf } from "@rainmaker/contracts/endpoint";
import type { MemberId } from "@rainmaker/contracts/ids";
import { bothFilters, type Filter } from "@rainmaker/contracts/records/filters";
import type { contactGroups } from "@rainmaker/contracts/sales/choices";
import { listContacts, totalContacts, type Contact } from "@rainmaker/contracts/sales/contacts";
import { filterQueryOf, rowsQuery, totalsQuery, type RowsQuery, type TotalsQuery } from "#features/records";
import { liveQuery } from "#lib/query";
import type { ContactsSearch } from "./search.ts";

/** A contact is told with the names of its customers. */
const entities = ["contact", "customer"];

export type ContactFilter = Pick<ContactsSearch, "q" | "tag"> & {
  readonly ownerId?: MemberId | undefined;
  /** Of the view and of the bar. */
  readonly filter: Filter;
};

function narrowedBy({ q, tag, ownerId, filter }: ContactFilter): Omit<QueryOf<typeof totalContacts>, "groupBy"> {
  const text = q?.trim() ?? "";
  return {
    ...(text !== "" && { q: text }),
    ...(tag !== undefined && { tag }),
    ...(ownerId !== undefined && { ownerId }),
    ...filterQueryOf(filter),
  };
}

/** Contacts page by page, in their order. */
export function contactRows(filter: ContactFilter, sort: string): RowsQuery<Contact> {
  return rowsQuery(listContacts, { ...narrowedBy(filter), sort }, entities);
}

/** How many there are, whole and by groups. */
export function contactTotals(filter: ContactFilter, groupBy: string | undefined): TotalsQuery {
  const by = groupBy as (typeof contactGroups)[number] | undefined;
  return totalsQuery(totalContacts, { ...narrowedBy(filter), ...(by !== undefined && { groupBy: by }) }, ["contact"]);
}

/** How many there are; beyond 1,000 only that there are more. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function contactCountQuery(filter: ContactFilter) {
  const query = { ...narrowedBy(filter), limit: "1", count: "capped" as const };
  return liveQuery(listContacts, { query }, ["contact"]);
}

/** All that narrows the list as one filter, but for what is searched: that looks at addresses and numbers too. */
export function wholeFilter({ tag, ownerId, filter }: ContactFilter): Filter {
  const quick = [
    ...(tag === undefined ? [] : [{ field: "tags", operator: "is" as const, value: tag }]),
    ...(ownerId === undefined ? [] : [{ field: "ownerId", operator: "is" as const, value: ownerId }]),
  ];
  return bothFilters(filter, { match: "all", rules: quick });
}
