import type { AnalysisRow, Figure } from "@rainmaker/contracts/sales/analysis";
import type { PipelineId } from "@rainmaker/contracts/ids";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatCountOf, formatMoney } from "#lib/format";
import { itemsOf } from "#lib/query";
import { Button } from "#ui/button";
import { TextLink } from "#ui/link";
import { QueryView } from "#ui/query-view";
import { Sheet } from "#ui/sheet";
import { Skeleton } from "#ui/skeleton";
import { comeFrom } from "../opportunities/came-from.ts";
import { useToday } from "../opportunities/use-today.ts";
import type { AnalysisSearch } from "./search.ts";
import { analysisRowsQuery } from "./use-analysis.ts";

type RowsSheetProps = {
  readonly title: string;
  readonly pipelineId: PipelineId;
  readonly search: AnalysisSearch;
  readonly figure: Figure;
  readonly onClose: () => void;
};

/** The opportunities that a figure counts, with their number and sum. */
export function RowsSheet({ title, pipelineId, search, figure, onClose }: RowsSheetProps): ReactElement {
  const query = useInfiniteQuery(analysisRowsQuery(pipelineId, search, figure, useToday()));
  const [first] = query.data?.pages ?? [];
  const rows = itemsOf(query.data) ?? [];
  return (
    <Sheet isOpen onClose={onClose} title={title} context="what it counts">
      <QueryView query={query} what="The opportunities" skeleton={<Skeleton className="h-40" />}>
        {() => (
          <>
            {first !== undefined && (
              <p className="tnum text-muted">
                {formatCountOf(first.count ?? 0, "opportunity", "opportunities")}, {formatMoney(first.amount)}
              </p>
            )}
            <ul className="flex flex-col">
              {rows.map((row) => (
                <RowLine key={row.id} row={row} onOpen={() => comeFrom(rows.map(({ id }) => id))} />
              ))}
            </ul>
          </>
        )}
      </QueryView>
      {query.hasNextPage && (
        <Button size="sm" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Sheet>
  );
}

function RowLine({ row, onOpen }: { readonly row: AnalysisRow; readonly onOpen: () => void }): ReactElement {
  const { id, number, title, customer, owner, stage, amount } = row;
  return (
    <li className="flex items-baseline gap-3 border-t border-line-subtle py-2 first:border-t-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          <TextLink to="/opportunities/$opportunityId" params={{ opportunityId: id }} onClick={onOpen}>
            {title}
          </TextLink>
        </span>
        <span className="block truncate text-xs text-muted">
          {[number, customer?.name, owner?.name, stage.name].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span className="tnum">{formatMoney(amount)}</span>
    </li>
  );
}
