import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import type { readSalesFigures, SalesGroup } from "@rainmaker/contracts/analytics/figures";
import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatCountOf, formatMoney, formatMonth, formatPercent, signOf } from "#lib/format";
import { Bar } from "#ui/bar";
import { ChartCard } from "#ui/chart-card";
import { ColumnChart } from "#ui/column-chart";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { LinkButton } from "#ui/link";
import { groupingWords, groupText } from "./group-words.ts";
import { salesQuery } from "./use-figures.ts";

type Figures = ReplyOf<typeof readSalesFigures>;
type SalesFiguresProps = {
  readonly days: { readonly from: string; readonly to: string };
  readonly by: SalesGrouping;
  readonly openKey: string | undefined;
  readonly onOpen: (group: SalesGroup) => void;
};

/** Verified money in groups; each opens the credits it adds up. */
export function SalesFigures({ days, by, openKey, onOpen }: SalesFiguresProps): ReactElement {
  const { data, error, refetch } = useQuery(salesQuery(days, by));
  return (
    <>
      {data !== undefined && data.groups.length > 0 && by === "month" && <MonthChart figures={data} />}
      <DataTable
        label="Verified money"
        columns={columnsOf(by, data, onOpen)}
        rows={data?.groups}
        keyOf={({ key }) => key ?? "none"}
        currentKey={openKey}
        onOpen={onOpen}
        renderPhone={(group) => (
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{groupText(by, group)}</span>
            <span className="tnum">{formatMoney(group.amount)}</span>
          </span>
        )}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState icon={ChartColumn} title="No verified money in this time">
            Payments count from the day their money arrived, once a second person has verified them.
          </EmptyState>
        }
      />
      {data?.rest != null && (
        <p className="px-5 py-3 text-xs text-muted max-sm:px-4">
          {formatCountOf(data.rest.groups, "further group")} add up to {formatMoney(data.rest.amount)}.
        </p>
      )}
    </>
  );
}

function columnsOf(
  by: SalesGrouping,
  figures: Figures | undefined,
  onOpen: (group: SalesGroup) => void,
): Column<SalesGroup>[] {
  const total = figures?.total;
  const largest = Math.max(...(figures?.groups ?? []).map(({ share }) => Number(share)));
  return [
    {
      key: "group",
      head: groupingWords[by],
      render: (group) => (
        <LinkButton aria-label={`${groupText(by, group)}: show the payments`} onClick={() => onOpen(group)}>
          {groupText(by, group)}
        </LinkButton>
      ),
      foot: total === undefined ? undefined : "Total",
    },
    {
      key: "share",
      head: "Share",
      className: "w-48 max-md:hidden",
      render: ({ share }) =>
        share === null ? null : (
          <span className="flex items-center gap-2">
            <Bar share={Number(share) / largest} className="w-24" />
            <span className="tnum text-muted">{formatPercent(share)}</span>
          </span>
        ),
    },
    {
      key: "payments",
      head: "Payments",
      align: "right",
      className: "w-28 max-sm:hidden",
      render: ({ payments }) => <span className="tnum">{formatCount(payments)}</span>,
      foot: total === undefined ? undefined : <span className="tnum">{formatCount(total.payments)}</span>,
    },
    {
      key: "amount",
      head: "Verified",
      align: "right",
      className: "w-44",
      render: ({ amount }) => <span className="tnum">{formatMoney(amount)}</span>,
      foot: total === undefined ? undefined : <span className="tnum font-medium">{formatMoney(total.amount)}</span>,
    },
  ];
}

function MonthChart({ figures }: { readonly figures: Figures }): ReactElement {
  const { groups, total } = figures;
  const most = Math.max(...groups.map(({ share }) => Number(share)));
  const largest = groups.find(({ share }) => Number(share) === most)?.amount ?? total.amount;
  const title = `${formatMoney(total.amount, { style: "short" })} verified`;
  return (
    <ChartCard
      className="m-5 max-sm:m-4"
      title={title}
      context="by month"
      fileName={`verified-${figures.from}-${figures.to}.csv`}
      table={{
        heads: ["Month", `Verified, ${figures.currency}`],
        rows: groups.map(({ key, amount }) => ({
          key: key ?? "",
          label: formatMonth(key ?? ""),
          text: formatMoney(amount),
          csv: amount.amount,
        })),
      }}
    >
      <ColumnChart
        label={`Verified money by month: ${title}.`}
        top={signOf(largest) > 0 ? formatMoney(largest, { style: "compact" }) : ""}
        points={groups.map(({ key, amount, share }) => ({
          key: key ?? "",
          label: formatMonth(key ?? ""),
          tick: formatMonth(key ?? "").slice(0, 3),
          share: Number(share) / most,
          text: formatMoney(amount, { style: "short" }),
        }))}
      />
    </ChartCard>
  );
}
