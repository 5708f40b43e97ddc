import type { OpportunityId } from "@rainmaker/contracts/ids";
import { readWhatIf, type WhatIf } from "@rainmaker/contracts/revenue/earnings";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { call } from "#lib/api";
import { earningsEntities } from "./use-earnings.ts";

/** What these sales would pay the viewer now, as long as they are open and the viewer's own. In any order: each by itself. */
export function useWhatIf(opportunityIds: readonly OpportunityId[]): UseQueryResult<WhatIf> {
  const ids = opportunityIds.toSorted();
  return useQuery({
    queryKey: [readWhatIf.path, ids],
    queryFn: ({ signal }) => call(readWhatIf, { body: { opportunityIds: ids }, signal }),
    meta: { entities: ["opportunity", ...earningsEntities] },
    enabled: ids.length > 0,
    // One sale's answer is none for another; on a board most stay the same.
    ...(ids.length > 1 && { placeholderData: keepPreviousData }),
  });
}
