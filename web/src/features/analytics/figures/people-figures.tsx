import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import type { readPerformance } from "@rainmaker/contracts/analytics/figures";
import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatMoney, formatPercent } from "#lib/format";
import { Bar } from "#ui/bar";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { LinkButton } from "#ui/link";
import { performanceQuery } from "./use-figures.ts";

type Person = ReplyOf<typeof readPerformance>["members"][number];
type PeopleFiguresProps = { readonly month: string; readonly onOpen: (memberId: string) => void };

/** A month of each person: money against the goal, sales won, commission. */
export function PeopleFigures({ month, onOpen }: PeopleFiguresProps): ReactElement {
  const { data, error, refetch } = useQuery(performanceQuery(month));
  return (
    <DataTable
      label="People"
      columns={columnsOf(onOpen)}
      rows={data?.members}
      keyOf={({ member }) => member.id}
      onOpen={({ member }) => onOpen(member.id)}
      rowHeight={42}
      renderPhone={({ member, verified, attainment }) => (
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{member.name}</span>
          <span className="tnum">{formatMoney(verified)}</span>
          <span className="tnum w-12 text-right text-muted">
            {attainment === null ? "" : formatPercent(attainment)}
          </span>
        </span>
      )}
      error={error}
      onRetry={() => void refetch()}
      empty={
        <EmptyState icon={Users} title="Nothing happened yet this month">
          People appear here with the first goal, sale or verified payment of the month.
        </EmptyState>
      }
    />
  );
}

function columnsOf(onOpen: PeopleFiguresProps["onOpen"]): Column<Person>[] {
  return [
    {
      key: "member",
      head: "Person",
      render: ({ member }) => (
        <LinkButton aria-label={`${member.name}: show the payments`} onClick={() => onOpen(member.id)}>
          {member.name}
        </LinkButton>
      ),
    },
    {
      key: "attainment",
      head: "Of the goal",
      className: "w-52 max-md:hidden",
      render: ({ attainment }) =>
        attainment === null ? (
          <span className="text-subtle">No goal</span>
        ) : (
          <span className="flex items-center gap-2">
            <Bar share={Number(attainment)} tone={Number(attainment) >= 1 ? "earn" : "brand"} className="w-24" />
            <span className="tnum text-muted">{formatPercent(attainment)}</span>
          </span>
        ),
    },
    {
      key: "won",
      head: "Won",
      align: "right",
      className: "w-20",
      render: ({ won }) => <span className="tnum">{formatCount(won)}</span>,
    },
    {
      key: "earned",
      head: "Commission",
      align: "right",
      className: "w-40 max-lg:hidden",
      render: ({ earned }) =>
        earned === null ? (
          <span className="text-subtle">Not yours to see</span>
        ) : (
          <span className="tnum">{formatMoney(earned)}</span>
        ),
    },
    {
      key: "verified",
      head: "Verified",
      align: "right",
      className: "w-40",
      render: ({ verified }) => <span className="tnum">{formatMoney(verified)}</span>,
    },
  ];
}
