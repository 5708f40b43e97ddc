import type { Endpoint, ParamsOf } from "@rainmaker/contracts/endpoint";
import type { MemberId } from "@rainmaker/contracts/ids";
import { pinEntry, type TimelineEntry, type TimelineKind } from "@rainmaker/contracts/records/records";
import { useInfiniteQuery, useQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { call } from "#lib/api";
import { invalidateEntities, itemsOf, livePages, liveQuery } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";

/** What a timeline is narrowed to. */
export type TimelineFilters = {
  readonly kind: TimelineKind | null;
  readonly actorId: MemberId | null;
  readonly q: string;
};

/** Whose timeline it is. */
export type TimelineOf = {
  readonly entity: "customer" | "contact" | "opportunity";
  readonly recordId: string;
};

type Told = { readonly pages: readonly { readonly items: readonly TimelineEntry[] }[] };

export type ReadTimeline = {
  readonly filters: TimelineFilters;
  readonly onFilter: (filters: TimelineFilters) => void;
  readonly query: UseInfiniteQueryResult<Told>;
  readonly entries: readonly TimelineEntry[];
  /** Those that stand on top, and the one the address links to. */
  readonly onTop: readonly TimelineEntry[];
  readonly linkedId: string | null;
};

const entities = ["customer", "contact", "opportunity", "interaction", "deal", "payment", "timeline"];
const anchor = "#entry-";

/** A record's timeline with what narrows it, what is pinned to it, and what the address links to. */
export function useTimeline<E extends Endpoint>(contract: E, params: ParamsOf<E>): ReadTimeline {
  const [filters, onFilter] = useState<TimelineFilters>({ kind: null, actorId: null, q: "" });
  const { kind, actorId } = filters;
  const q = useDeferredValue(filters.q.trim());
  const [linkedId] = useState(() => (location.hash.startsWith(anchor) ? location.hash.slice(anchor.length) : null));
  const narrowed = { ...(kind !== null && { kind }), ...(actorId !== null && { actorId }), ...(q !== "" && { q }) };
  const asked = (more: object): never => ({ params, query: { limit: "30", ...more } }) as never;
  const query = useInfiniteQuery(livePages(contract, asked(narrowed), entities)) as UseInfiniteQueryResult<Told>;
  const pinned = useQuery(liveQuery(contract, asked({ pinned: "1" }), entities)).data;
  const linked = useQuery({
    ...liveQuery(contract, asked({ entryId: linkedId ?? "" }), entities),
    enabled: linkedId !== null,
  }).data;
  return { filters, onFilter, query, entries: itemsOf(query.data) ?? [], onTop: unique(linked, pinned), linkedId };
}

function unique(...replies: readonly unknown[]): readonly TimelineEntry[] {
  const entries = replies.flatMap((reply) => (reply as { items: TimelineEntry[] } | undefined)?.items ?? []);
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

/** Puts an entry on top of the timeline, or takes it down. */
export async function togglePin({ entity, recordId }: TimelineOf, { id, isPinned }: TimelineEntry): Promise<void> {
  try {
    await call(pinEntry, { body: { entity, recordId, entryId: id, isPinned: !isPinned } });
  } catch (error) {
    notifyFailure("The entry stays where it is", error);
  } finally {
    void invalidateEntities(["timeline"]);
  }
}

/** Copies the address of an entry. */
export async function copyEntryLink({ id }: TimelineEntry): Promise<void> {
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}${anchor}${id}`);
    notify({ tone: "done", title: "The link is copied" });
  } catch (error) {
    notifyFailure("The link was not copied", error);
  }
}
