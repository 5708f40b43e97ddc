import { readAttention, readBoard } from "@rainmaker/contracts/sales/board";
import { listOpportunities, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { listPipelines } from "@rainmaker/contracts/sales/pipelines";
import type { MemberId, PipelineId, TeamId } from "@rainmaker/contracts/ids";
import { addDays } from "@rainmaker/contracts/time";
import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { itemsOf, livePages, liveQuery, queryClient } from "#lib/query";
import type { BoardColumn } from "./board-model.ts";
import { useToday } from "../opportunities/use-today.ts";
import type { PipelineSearch } from "./search.ts";

// A call or a meeting ends the silence of a sale; a stage that goes hands its sales over.
const entities = ["opportunity", "interaction", "pipeline"];
const pageSize = "50";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function pipelinesQuery() {
  return { ...liveQuery(listPipelines, {}, ["pipeline", "stage"]), staleTime: 300_000 };
}

/** What the list, the board and the counts are narrowed to. */
export type OpportunityFilters = {
  readonly ownerId?: MemberId;
  readonly teamId?: TeamId;
  readonly closeBy?: string;
  readonly freshness?: "fresh" | "warning" | "rotten";
};

export function filtersOf({ owner, team, within, fresh }: PipelineSearch, today: string): OpportunityFilters {
  return {
    ...(fresh !== undefined && { freshness: fresh }),
    ...(owner !== undefined && { ownerId: owner }),
    ...(team !== undefined && { teamId: team }),
    ...(within !== undefined && { closeBy: addDays(today, within) }),
  };
}

/** All pipelines, archived ones last. */
export function useAllPipelines(): UseQueryResult<PipelinesReply> {
  return useQuery(pipelinesQuery());
}
type PipelinesReply = (typeof listPipelines)["reply"]["_zod"]["output"];

/** The pipeline the address names, or the organization's first. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together from a query, used by this page alone
export function usePipeline(wanted: PipelineId | undefined) {
  const query = useAllPipelines();
  // What is archived can be opened by its address, and by its sales.
  const all = query.data?.items ?? [];
  const pipelines = all.filter(({ id, isArchived }) => !isArchived || id === wanted);
  return { query, pipelines, pipeline: pipelines.find(({ id }) => id === wanted) ?? pipelines[0] };
}

type BoardInput = { readonly pipelineId: PipelineId | undefined; readonly search: PipelineSearch };

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's result type is its own documentation
export function useBoard({ pipelineId, search }: BoardInput) {
  const { view, asOf } = search;
  const filters = filtersOf(asOf === undefined ? search : { ...search, fresh: undefined }, useToday());
  const which = asOf === undefined ? { ...(view !== undefined && { view }) } : { asOf };
  const query = { limit: asOf === undefined ? pageSize : "200", ...filters, ...which };
  return useQuery({
    ...liveQuery(readBoard, { params: { pipelineId: pipelineId as PipelineId }, query }, entities),
    enabled: pipelineId !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** How many need somebody, by view. */
export function useAttention({ pipelineId, search }: BoardInput): UseQueryResult<AttentionReply> {
  const query = filtersOf(search, useToday());
  return useQuery({
    ...liveQuery(readAttention, { params: { pipelineId: pipelineId as PipelineId }, query }, entities),
    enabled: pipelineId !== undefined,
    placeholderData: keepPreviousData,
  });
}
type AttentionReply = (typeof readAttention)["reply"]["_zod"]["output"];

type ColumnPages = {
  /** All that was read, once more than the board's first page was asked for. */
  readonly read: readonly OpportunityCard[] | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly loadMore: () => void;
};

/** The cards of a column: the first ones come with the board, the others page by page once somebody asks. */
export function useColumnPages(column: BoardColumn, pipelineId: PipelineId, search: PipelineSearch): ColumnPages {
  const filters = filtersOf(search, useToday());
  const { view } = search;
  const [isAsked, setIsAsked] = useState(false);
  const place = { pipelineId, stageId: column.stage.id, sort: "rank", limit: pageSize } as const;
  const query = { ...place, ...filters, ...(view !== undefined && { view }) };
  const options = livePages(listOpportunities, { query }, entities);
  const pages = useInfiniteQuery({ ...options, enabled: isAsked });
  const loadMore = (): void => {
    if (pages.isFetchingNextPage) return;
    if (!isAsked) {
      // The board has brought the first page; it need not come twice.
      const first = {
        items: column.cards.map((card) => ({ ...card, custom: {} })),
        nextCursor: column.nextCursor,
        count: null,
        countCapped: false,
      };
      queryClient.setQueryData(options.queryKey, { pages: [first], pageParams: [null] });
      setIsAsked(true);
    }
    void pages.fetchNextPage();
  };
  const read = useMemo(() => (isAsked ? itemsOf(pages.data) : undefined), [isAsked, pages.data]);
  return {
    read,
    hasMore: read === undefined ? column.nextCursor !== null : pages.hasNextPage,
    isLoading: pages.isFetchingNextPage,
    loadMore,
  };
}
