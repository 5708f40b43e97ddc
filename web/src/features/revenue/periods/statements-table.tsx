import type { Period, PeriodStatement } from "@rainmaker/contracts/revenue/periods";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import { formatCountOf, formatMoney, formatPercent } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { TextLink } from "#ui/link";
import { deviationOf, standoutsOf } from "./standouts.ts";
import { StatementBadge } from "./state-badges.tsx";

type StatementsTableProps = {
  readonly period: Period;
  readonly rows: readonly PeriodStatement[];
  /** Why this person may not approve the statement; undefined where they may. */
  readonly barOf: (statement: PeriodStatement) => string | undefined;
  readonly isBusy: boolean;
  readonly onApprove: (statement: PeriodStatement) => void;
  readonly onOpen: (statement: PeriodStatement) => void;
  readonly onRetry: () => void;
  readonly empty: ReactNode;
};

/** Everybody's month: Enter opens the statement behind a figure. */
export function StatementsTable(props: StatementsTableProps): ReactElement {
  return (
    <DataTable
      label="Statements"
      rows={props.rows}
      columns={columnsOf(props)}
      keyOf={keyOf}
      renderPhone={(statement) => <PhoneRow statement={statement} {...props} />}
      onOpen={props.onOpen}
      onRetry={props.onRetry}
      rowHeight={54}
      empty={props.empty}
    />
  );
}

const keyOf = ({ participant, earned }: PeriodStatement): string => `${participant.id} ${earned.currency}`;

function columnsOf(props: StatementsTableProps): readonly Column<PeriodStatement>[] {
  const { totals, month, statements } = props.period;
  const hasOne = totals.length < 2;
  const money = (sum: PeriodStatement["earned"]): string => formatMoney(sum, { bare: hasOne });
  const foot = (pick: (total: Period["totals"][number]) => PeriodStatement["earned"]): ReactNode =>
    totals.map((total) => (
      <span key={total.earned.currency} className="block">
        {money(pick(total))}
      </span>
    ));
  return [
    {
      key: "person",
      head: "Person",
      render: (statement) => <Person statement={statement} month={month} />,
      className: "w-full max-w-0",
      foot: (
        <span className="text-sm font-medium text-default">{formatCountOf(statements.length, "person", "people")}</span>
      ),
    },
    {
      key: "credited",
      head: "Credited",
      align: "right",
      render: ({ credited }) => <span className="text-muted">{money(credited)}</span>,
      className: "max-lg:hidden",
      foot: foot(({ credited }) => credited),
    },
    {
      key: "earned",
      head: "Earned",
      align: "right",
      render: ({ earned }) => <span className="font-medium">{money(earned)}</span>,
      foot: foot(({ earned }) => earned),
    },
    {
      key: "usual",
      head: "Against 3-month mean",
      render: (statement) => <Deviation statement={statement} />,
      className: "max-xl:hidden",
    },
    { key: "standouts", head: "What stands out", render: (statement) => <Standouts statement={statement} /> },
    {
      key: "state",
      head: "State",
      isHeadHidden: true,
      align: "right",
      render: (statement) => <StateOrAct statement={statement} {...props} />,
    },
  ];
}

function Person({ statement, month }: { readonly statement: PeriodStatement; readonly month: string }): ReactElement {
  const { participant } = statement;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar person={participant} isDecorative />
      <TextLink
        to="/commissions/$month"
        params={{ month }}
        search={{ member: participant.id }}
        className="truncate text-default"
      >
        {participant.name}
      </TextLink>
    </span>
  );
}

/** A bar to each side of the middle, as long as the difference, and the figure. */
function Deviation({ statement }: { readonly statement: PeriodStatement }): ReactElement {
  const deviation = deviationOf(statement);
  if (deviation === null) return <span className="text-subtle">no months before</span>;
  const isBelow = deviation < 0;
  const length = `${Math.min(100, Math.abs(deviation)) / 2}%`;
  const place = isBelow ? { right: "50%", width: length } : { left: "50%", width: length };
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="relative h-2 w-14 flex-none">
        <span style={place} className={cx("absolute inset-y-0 rounded-xs", isBelow ? "bg-warning" : "bg-brand")} />
      </span>
      <span className={cx("tnum", isBelow && deviation <= -20 ? "font-medium text-warning-fg" : "text-muted")}>
        {formatPercent(String(deviation / 100), { signed: true })}
      </span>
    </span>
  );
}

function Standouts({ statement }: { readonly statement: PeriodStatement }): ReactElement {
  return (
    <span className="flex flex-wrap gap-1">
      {standoutsOf(statement).map(({ text, tone }) => (
        <Badge key={text} tone={tone}>
          {text}
        </Badge>
      ))}
    </span>
  );
}

type ActProps = Pick<StatementsTableProps, "barOf" | "isBusy" | "onApprove"> & { readonly statement: PeriodStatement };

function StateOrAct({ statement, barOf, isBusy, onApprove }: ActProps): ReactElement {
  if (statement.state !== "issued") return <StatementBadge state={statement.state} />;
  return (
    <Button
      size="sm"
      disabledReason={barOf(statement)}
      isLoading={isBusy}
      aria-label={`Approve the statement of ${statement.participant.name}`}
      onClick={() => onApprove(statement)}
    >
      Approve
    </Button>
  );
}

function PhoneRow({ statement, period, ...act }: StatementsTableProps & ActProps): ReactElement {
  return (
    <span className="flex flex-col gap-1.5">
      <span className="flex items-center gap-3">
        <span className="min-w-0 flex-1">
          <Person statement={statement} month={period.month} />
        </span>
        <span className="tnum font-medium">{formatMoney(statement.earned)}</span>
      </span>
      <span className="flex items-center justify-between gap-2">
        <Standouts statement={statement} />
        <StateOrAct statement={statement} {...act} />
      </span>
    </span>
  );
}
