import { useQuery } from "@tanstack/react-query";
import { Coins } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatMoney } from "#lib/format";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { TextLink } from "#ui/link";
import { commissionQuery } from "./use-figures.ts";

type Group = {
  readonly key: string;
  readonly label: string;
  readonly amount: { amount: string; currency: string };
  readonly postings: number;
};

/** Commission by who earns it; each leads to the statement, where every line says why. */
export function CommissionFigures({
  days,
}: {
  readonly days: { readonly from: string; readonly to: string };
}): ReactElement {
  const { data, error, refetch } = useQuery(commissionQuery(days, "member"));
  const columns: Column<Group>[] = [
    {
      key: "member",
      head: "Person",
      render: ({ key, label }) => (
        <TextLink to="/commissions" search={{ member: key }}>
          {label}
        </TextLink>
      ),
      foot: data === undefined ? undefined : "Total",
    },
    {
      key: "postings",
      head: "Postings",
      align: "right",
      className: "w-28",
      render: ({ postings }) => <span className="tnum">{formatCount(postings)}</span>,
      foot: data === undefined ? undefined : <span className="tnum">{formatCount(data.total.postings)}</span>,
    },
    {
      key: "amount",
      head: "Commission",
      align: "right",
      className: "w-44",
      render: ({ amount }) => <span className="tnum">{formatMoney(amount)}</span>,
      foot: data === undefined ? undefined : <span className="tnum font-medium">{formatMoney(data.total.amount)}</span>,
    },
  ];
  return (
    <DataTable
      label="Commission"
      columns={columns}
      rows={data?.groups}
      keyOf={({ key }) => key}
      renderPhone={({ key, label, amount }) => (
        <span className="flex items-baseline gap-2">
          <TextLink className="min-w-0 flex-1 truncate" to="/commissions" search={{ member: key }}>
            {label}
          </TextLink>
          <span className="tnum">{formatMoney(amount)}</span>
        </span>
      )}
      error={error}
      onRetry={() => void refetch()}
      empty={
        <EmptyState icon={Coins} title="No commission in this time">
          Commission is posted with the verification of a payment, by the plan its person is on.
        </EmptyState>
      }
    />
  );
}
