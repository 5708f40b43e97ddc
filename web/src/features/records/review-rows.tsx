import { decideReviews, listReviews, type Import } from "@rainmaker/contracts/records/imports";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { useIsOffline } from "#lib/offline";
import { itemsOf, livePages } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { RecordRows } from "./record-rows.tsx";
import { rememberImport } from "./use-import.ts";

type Verdict = "update" | "fill" | "leave";

const verdicts: readonly { readonly verdict: Verdict; readonly label: string }[] = [
  { verdict: "update", label: "Update" },
  { verdict: "fill", label: "Fill in" },
  { verdict: "leave", label: "Leave" },
];

/** Rows whose record is here already and that somebody has to decide about, each alone or all that are shown. */
export function ReviewRows({ imported }: { readonly imported: Import }): ReactElement {
  const params = { importId: imported.id };
  const query = useInfiniteQuery(livePages(listReviews, { params, query: { limit: "50" } }, ["import"]));
  const decide = useCall(decideReviews, ["import"]);
  const intentKey = useIntentKey();
  const isOffline = useIsOffline();
  const shown = itemsOf(query.data) ?? [];
  const run = async (rows: readonly number[], verdict: Verdict): Promise<void> => {
    try {
      const idempotencyKey = intentKey([imported.id, imported.version, verdict, ...rows]);
      rememberImport(await decide.mutateAsync({ params, body: { rows: [...rows], verdict }, idempotencyKey }));
      const title = `${formatCountOf(rows.length, "row")} ${verdict === "leave" ? "left as before" : "written"}`;
      notify({ tone: "done", title });
    } catch (error) {
      notifyFailure("The rows still wait", error);
    }
  };
  const buttons = (rows: readonly number[], size: "xs" | "sm", what: string): ReactElement => (
    <span className="flex flex-none gap-1.5">
      {verdicts.map(({ verdict, label }) => (
        <Button
          key={verdict}
          size={size}
          tone={size === "xs" ? "ghost" : undefined}
          aria-label={`${label}: ${what}`}
          disabledReason={isOffline ? "You are offline: deciding needs the network" : undefined}
          isLoading={decide.isPending}
          onClick={() => void run(rows, verdict)}
        >
          {label}
        </Button>
      ))}
    </span>
  );
  return (
    <Card className="border-warning-line">
      <CardHead
        title={`${formatCountOf(imported.toReview, "row waits", "rows wait")} for you`}
        context="Their record is here already"
      />
      <QueryView
        query={query}
        what="The rows that wait"
        skeleton={<SkeletonLines lines={3} className="px-4 pb-3" />}
        className="px-4 pb-3"
      >
        {(data) => (
          <RecordRows
            imported={imported}
            rows={itemsOf(data) ?? []}
            renderEnd={({ row }) => buttons([row], "xs", `row ${row}`)}
          />
        )}
      </QueryView>
      {shown.length > 1 && (
        <CardBody className="flex flex-wrap items-center gap-3 border-t border-line-subtle pt-3">
          <span className="text-xs text-subtle">{`All ${shown.slice(0, mostAtOnce).length} shown`}</span>
          {buttons(
            shown.slice(0, mostAtOnce).map(({ row }) => row),
            "sm",
            "all rows shown",
          )}
          {query.hasNextPage && (
            <Button size="sm" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          )}
        </CardBody>
      )}
    </Card>
  );
}

/** As many as the server takes. */
const mostAtOnce = 200;
