import type { Endpoint, ParamsOf, QueryOf, ReplyOf } from "@rainmaker/contracts/endpoint";
import { infiniteQueryOptions, onlineManager, QueryClient, queryOptions } from "@tanstack/react-query";
import { call, type InputOf } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";
import { connectionStore } from "./offline.ts";
import { sessionStore } from "./session.ts";

declare module "@tanstack/react-query" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Register {
    queryMeta: {
      /** Entities whose hints make this query stale, as events name them: "opportunity", "member", ... */
      entities?: readonly string[];
    };
  }
}

/** The one cache of server data. It is emptied when somebody else signs in, or nobody. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 600_000,
      // Offline is an answer to show, not a reason to wait silently; the query runs again by itself afterwards.
      networkMode: "always",
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && error instanceof ApiProblem && error.status >= 500,
    },
    mutations: { networkMode: "always" },
  },
});

/** Ties the cache to the network and to who is signed in; called once at start. */
export function watchCache(): void {
  onlineManager.setEventListener((setOnline) =>
    connectionStore.subscribe(() => setOnline(connectionStore.get().kind !== "offline")),
  );
  let holder = holderOf();
  sessionStore.subscribe(() => {
    const next = holderOf();
    if (next !== holder) queryClient.clear();
    holder = next;
  });
}

type ReadInput<E extends Endpoint> = Omit<InputOf<E>, "signal" | "body" | "file" | "seenVersion" | "idempotencyKey">;
type ReadKey = readonly [path: string, params: object, query: object];

/** The cache key of a read: its path, then what it was asked with. */
export function keyOf<E extends Endpoint>(
  contract: E,
  input: { readonly params?: ParamsOf<E>; readonly query?: QueryOf<E> } = {},
): ReadKey {
  return [contract.path, input.params ?? {}, input.query ?? {}];
}

/**
 * A read that stays current: a hint about one of the entities makes it ask again.
 * `useQuery(liveQuery(getDeal, { params: { dealId } }, ["deal", "payment"]))`
 */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function liveQuery<E extends Endpoint>(contract: E, input: ReadInput<E>, entities: readonly string[]) {
  return queryOptions({
    queryKey: keyOf(contract, input as ReadPart<E>),
    queryFn: ({ signal }): Promise<ReplyOf<E>> => read(contract, input, signal),
    meta: { entities },
  });
}

/** A list that is read page by page, kept current like `liveQuery`. Use with useInfiniteQuery. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function livePages<E extends Endpoint>(contract: E, input: ReadInput<E>, entities: readonly string[]) {
  return infiniteQueryOptions({
    queryKey: [...keyOf(contract, input as ReadPart<E>), "pages"],
    queryFn: ({ signal, pageParam }): Promise<ReplyOf<E>> => {
      const asked = (input as ReadPart<E>).query ?? {};
      const query = pageParam === null ? asked : { ...asked, cursor: pageParam };
      return read(contract, { ...input, query }, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: ReplyOf<E>) => (last as { nextCursor: string | null }).nextCursor,
    meta: { entities },
  });
}

/** The items of all pages that were read, undefined before the first. */
export function itemsOf<Item>(
  pages: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined,
): readonly Item[] | undefined {
  return pages?.pages.flatMap(({ items }) => items);
}

/** Makes every query that depends on one of the entities ask again. */
export async function invalidateEntities(entities: readonly string[]): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ meta }) => meta?.entities?.some((entity) => entities.includes(entity)) === true,
  });
}

/** Makes every live query ask again: nobody knows what was missed while the connection was away. */
export async function invalidateAllLive(): Promise<void> {
  await queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.entities !== undefined });
}

/**
 * Shows a change in every cached answer of a read at once, before the server has confirmed it.
 * @returns takes it back, for when the server refuses
 */
export function showAtOnce<E extends Endpoint>(contract: E, change: (reply: ReplyOf<E>) => ReplyOf<E>): () => void {
  const cached = queryClient.getQueriesData({ queryKey: [contract.path] });
  for (const [key, data] of cached) {
    if (data !== undefined)
      queryClient.setQueryData(key, isPaged(data) ? changePages(data, change) : change(data as never));
  }
  return () => {
    for (const [key, data] of cached) queryClient.setQueryData(key, data);
  };
}

type ReadPart<E extends Endpoint> = { readonly params?: ParamsOf<E>; readonly query?: QueryOf<E> };
type Paged = { readonly pages: readonly unknown[]; readonly pageParams: readonly unknown[] };

function isPaged(data: unknown): data is Paged {
  return typeof data === "object" && data !== null && "pages" in data && "pageParams" in data;
}

function changePages<Reply>(data: Paged, change: (reply: Reply) => Reply): Paged {
  return { ...data, pages: data.pages.map((page) => change(page as Reply)) };
}

function read<E extends Endpoint>(contract: E, input: object, signal: AbortSignal): Promise<ReplyOf<E>> {
  return (call as (contract: E, input: object) => Promise<ReplyOf<E>>)(contract, { ...input, signal });
}

function holderOf(): string | null {
  const session = sessionStore.get();
  return session.kind === "signed-in" ? `${session.user.organization?.id ?? ""}/${session.user.id}` : null;
}
