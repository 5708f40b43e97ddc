import type { Endpoint, QueryOf, ReplyOf } from "@rainmaker/contracts/endpoint";
import type { Filter } from "@rainmaker/contracts/records/filters";
import { orderedBy } from "@rainmaker/contracts/records/sorts";
import type { ListTotals } from "@rainmaker/contracts/records/totals";
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryOptions,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import { browserTimeZone } from "#lib/format";
import { itemsOf, livePages, liveQuery } from "#lib/query";
import type { DataTableProps } from "#ui/data-table";

type Listed<Row> = { readonly items: readonly Row[] };
type RowOf<E extends Endpoint> = ReplyOf<E> extends Listed<infer Row> ? Row : never;

/** How rows of a list are asked. */
export type RowsQuery<Row> = UseInfiniteQueryOptions<
  Listed<Row>,
  Error,
  InfiniteData<Listed<Row>, string | null>,
  readonly unknown[],
  string | null
>;
/** How it is asked what they come to. */
export type TotalsQuery = UseQueryOptions<ListTotals>;

/** Asks for rows of a list, a hundred at a time. */
export function rowsQuery<E extends Endpoint>(
  contract: E,
  query: Omit<QueryOf<E>, "limit" | "cursor">,
  entities: readonly string[],
): RowsQuery<RowOf<E>> {
  const options = livePages(contract, { query: { ...query, limit: "100" } } as never, entities);
  return options as unknown as RowsQuery<RowOf<E>>;
}

export function totalsQuery<E extends Endpoint>(
  contract: E,
  query: QueryOf<E>,
  entities: readonly string[],
): TotalsQuery {
  return liveQuery(contract, { query } as never, entities) as unknown as TotalsQuery;
}

/** The rows of a list that were read, and how to read on. */
export type RowPages<Row> = Pick<
  DataTableProps<Row>,
  "rows" | "error" | "onRetry" | "hasMore" | "isLoadingMore" | "onMore"
>;

/** The rows of a list as a table shows them; while others are asked for, those before stay. */
export function useRows<Row>(asked: RowsQuery<Row>, isWanted = true): RowPages<Row> {
  const query = useInfiniteQuery({ ...asked, enabled: isWanted, placeholderData: keepPreviousData });
  return {
    rows: isWanted ? itemsOf(query.data) : undefined,
    error: query.error,
    onRetry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    onMore: () => void query.fetchNextPage(),
  };
}

export function useTotals(asked: TotalsQuery): UseQueryResult<ListTotals> {
  return useQuery({ ...asked, placeholderData: keepPreviousData });
}

/** How a list is asked by a filter: its days are those of where the viewer is. */
export function filterQueryOf(filter: Filter): { readonly filter?: string; readonly timeZone?: string } {
  return filter.rules.length === 0 ? {} : { filter: JSON.stringify(filter), timeZone: browserTimeZone() };
}

/** An order the list knows; one of another version of it is none. */
export function knownSort(keys: readonly string[], sort: string | undefined): string | undefined {
  return sort !== undefined && orderedBy(keys).safeParse(sort).success ? sort : undefined;
}
