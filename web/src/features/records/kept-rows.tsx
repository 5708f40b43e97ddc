import { listKeptRows, type Import } from "@rainmaker/contracts/records/imports";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { itemsOf, livePages } from "#lib/query";
import { Card, CardBody, CardHead } from "#ui/card";
import { Button } from "#ui/button";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { RecordRows } from "./record-rows.tsx";

/** Rows that undoing left as they were, each with the reason and its record. */
export function KeptRows({ imported }: { readonly imported: Import }): ReactElement {
  const query = useInfiniteQuery(
    livePages(listKeptRows, { params: { importId: imported.id }, query: { limit: "25" } }, ["import"]),
  );
  const kept = imported.undo?.kept ?? 0;
  const reasons = imported.undo?.reasons ?? [];
  return (
    <Card>
      <CardHead
        title={formatCountOf(kept, "row stays as it is", "rows stay as they are")}
        context={reasons.map(({ message, rows }) => `${message}: ${rows}`).join(", ")}
      />
      <QueryView
        query={query}
        what="The rows that stay"
        skeleton={<SkeletonLines lines={3} className="px-4 pb-3" />}
        className="px-4 pb-3"
      >
        {(data) => (
          <RecordRows
            imported={imported}
            rows={itemsOf(data) ?? []}
            renderEnd={({ message }) => <span className="text-xs text-muted max-sm:pl-19">{message}</span>}
          />
        )}
      </QueryView>
      {query.hasNextPage && (
        <CardBody>
          <Button size="sm" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </CardBody>
      )}
    </Card>
  );
}
