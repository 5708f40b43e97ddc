import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatMoney } from "#lib/format";
import { itemsOf } from "#lib/query";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { DataTable, type Column } from "#ui/data-table";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { DealMoneyBar } from "./deal-money.tsx";
import { standingOf } from "./deal-words.ts";
import { dealsQuery, type DealFilter } from "./use-deals.ts";

type DealsTableProps = {
  readonly filter: DealFilter;
  /** Whose deals these are is said where they are not all the viewer's own. */
  readonly showsOwner: boolean;
  /** The deal a payment is being recorded for. */
  readonly currentId: string | undefined;
  readonly empty: ReactNode;
};

export function DealsTable({ filter, showsOwner, currentId, empty }: DealsTableProps): ReactElement {
  const query = useInfiniteQuery(dealsQuery(filter));
  const navigate = useNavigate();
  return (
    <DataTable
      label="Deals"
      columns={showsOwner ? [...columns, ownerColumn] : columns}
      rows={itemsOf(query.data)}
      keyOf={({ id }) => id}
      rowHeight={54}
      error={query.error}
      onRetry={() => void query.refetch()}
      onOpen={({ id }) => void navigate({ to: "/deals/$dealId", params: { dealId: id } })}
      currentKey={currentId}
      renderPhone={(deal) => <PhoneDeal deal={deal} />}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={empty}
    />
  );
}

const columns: readonly Column<Deal>[] = [
  { key: "name", head: "Customer, deal", render: (deal) => <CustomerAndTitle deal={deal} /> },
  {
    key: "number",
    head: "Deal",
    className: "w-24",
    render: ({ number }) => <span className="tnum text-subtle">{number}</span>,
  },
  {
    key: "amount",
    head: "Value",
    align: "right",
    className: "w-32",
    render: ({ amount }) => <span className="font-medium">{formatMoney(amount, { style: "short" })}</span>,
  },
  { key: "money", head: "Money in", className: "w-44", render: (deal) => <DealMoneyBar deal={deal} /> },
  { key: "status", head: "Status", className: "w-40", render: (deal) => <StandingBadge deal={deal} /> },
];

const ownerColumn: Column<Deal> = {
  key: "owner",
  head: "Owner",
  className: "w-20 max-lg:hidden",
  render: ({ owner }) => <Avatar person={owner} size={24} />,
};

export function StandingBadge({ deal }: { readonly deal: Deal }): ReactElement {
  const { word, ...look } = standingOf(deal);
  return <Badge {...look}>{word}</Badge>;
}

function CustomerAndTitle({ deal }: { readonly deal: Deal }): ReactElement {
  return (
    <span className="flex max-w-96 items-center gap-2.5">
      <LogoMark id={deal.customer.id} name={deal.customer.name} />
      <span className="flex min-w-0 flex-col leading-4.5">
        <TextLink
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          className="truncate text-default"
          aria-label={`${deal.customer.name}, ${deal.title}`}
        >
          {deal.customer.name}
        </TextLink>
        <span className="truncate text-xs text-subtle">{deal.title}</span>
      </span>
    </span>
  );
}

function PhoneDeal({ deal }: { readonly deal: Deal }): ReactElement {
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <TextLink to="/deals/$dealId" params={{ dealId: deal.id }} className="truncate text-default">
          {deal.customer.name}
        </TextLink>
        <span className="tnum ml-auto flex-none font-medium">{formatMoney(deal.amount, { style: "short" })}</span>
      </span>
      <span className="flex items-center gap-2 text-xs text-subtle">
        <span className="tnum truncate">
          {deal.number}, {deal.title}
        </span>
        <span className="ml-auto flex-none">
          <StandingBadge deal={deal} />
        </span>
      </span>
      <DealMoneyBar deal={deal} className="mt-0.5" />
    </span>
  );
}
