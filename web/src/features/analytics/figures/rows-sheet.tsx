import type { SalesRow } from "@rainmaker/contracts/analytics/figures";
import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatDay, formatMoney } from "#lib/format";
import { itemsOf } from "#lib/query";
import { Button } from "#ui/button";
import { TextLink } from "#ui/link";
import { QueryView } from "#ui/query-view";
import { Sheet } from "#ui/sheet";
import { Skeleton } from "#ui/skeleton";
import { salesRowsQuery } from "./use-figures.ts";

type RowsSheetProps = {
  readonly title: string;
  readonly days: { readonly from: string; readonly to: string };
  readonly by: SalesGrouping;
  /** Undefined for the group without one. */
  readonly groupKey: string | undefined;
  readonly onClose: () => void;
};

/** The credits that a figure adds up, each with the way to its deal. */
export function RowsSheet({ title, days, by, groupKey, onClose }: RowsSheetProps): ReactElement {
  const query = useInfiniteQuery(salesRowsQuery(days, by, groupKey));
  return (
    <Sheet isOpen onClose={onClose} title={title} context="what it adds up">
      <QueryView query={query} what="The payments" skeleton={<Skeleton className="h-40" />}>
        {(data) => (
          <ul className="flex flex-col">
            {itemsOf(data)?.map((row) => (
              <RowLine key={`${row.payment?.id ?? row.valueOn}/${row.member.id}/${row.amount.amount}`} row={row} />
            ))}
          </ul>
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

function RowLine({ row }: { readonly row: SalesRow }): ReactElement {
  const { deal, payment, customer, member, amount, valueOn } = row;
  return (
    <li className="flex items-baseline gap-3 border-t border-line-subtle py-2 first:border-t-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          {deal === null ? (
            <span className="text-muted">A payment outside your reach</span>
          ) : (
            <TextLink to="/deals/$dealId" params={{ dealId: deal.id }}>
              {deal.title}
            </TextLink>
          )}
        </span>
        <span className="block truncate text-xs text-muted">
          {[payment?.number, customer?.name, member.name, formatDay(valueOn)].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span className="tnum">{formatMoney(amount)}</span>
    </li>
  );
}
