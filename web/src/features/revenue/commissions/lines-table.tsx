import type { Statement } from "@rainmaker/contracts/revenue/commissions";
import type { WireMoney } from "@rainmaker/contracts/money";
import type { ReactElement, ReactNode } from "react";
import { formatBasisPoints, formatMoney, formatMonth } from "#lib/format";
import { Badge } from "#ui/badge";
import { DataTable, type Column } from "#ui/data-table";
import { LogoMark } from "#ui/logo-mark";
import { Moment } from "#ui/moment";
import type { StatementLine } from "./statement.ts";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import { absenceWords, causeTitle, kindWords } from "./why.ts";

type LinesTableProps = {
  readonly lines: readonly StatementLine[];
  readonly totals: Statement["totals"];
  readonly currentKey: string | undefined;
  readonly onExplain: (line: StatementLine) => void;
  readonly empty: ReactNode;
  readonly onRetry: () => void;
};

/** What was verified, what it earned and what it came to; Enter explains a line. */
export function LinesTable({ lines, totals, currentKey, onExplain, empty, onRetry }: LinesTableProps): ReactElement {
  // With two currencies each figure says its own; with one the head has said it.
  const money = (sum: WireMoney): string => formatMoney(sum, { bare: totals.length < 2 });
  return (
    <DataTable
      label="Verified payments"
      rows={lines}
      columns={columns(money, totals)}
      keyOf={({ key }) => key}
      renderPhone={(line) => <PhoneLine line={line} money={money} />}
      currentKey={currentKey}
      onOpen={onExplain}
      rowHeight={54}
      empty={empty}
      onRetry={onRetry}
    />
  );
}

type Money = (sum: WireMoney) => string;

function columns(money: Money, totals: Statement["totals"]): readonly Column<StatementLine>[] {
  const sums = (pick: (total: Statement["totals"][number]) => WireMoney): ReactNode =>
    totals.map((total) => (
      <span key={total.earned.currency} className="block">
        {money(pick(total))}
      </span>
    ));
  return [
    {
      key: "payment",
      head: "Verified payments",
      render: (line) => <Payment line={line} />,
      className: "w-full max-w-0",
      foot: <span className="text-sm font-medium text-default">Total</span>,
    },
    {
      key: "verified",
      head: "Verified",
      render: ({ trace, postedAt }) => <Moment at={trace?.basis.verifiedAt ?? postedAt} className="text-muted" />,
      className: "max-xl:hidden print:hidden",
    },
    {
      key: "amount",
      head: "Payment",
      align: "right",
      render: ({ payment }) => money(payment.amount),
      foot: sums(({ verified }) => verified),
    },
    { key: "credit", head: "Credit", align: "right", render: (line) => <Credit line={line} /> },
    { key: "rate", head: "Rate", align: "right", render: (line) => ratesOf(line), className: "max-lg:hidden" },
    {
      key: "earned",
      head: "Earned",
      align: "right",
      render: ({ amount }) => <span className="font-medium">{money(amount)}</span>,
      foot: <span className="text-md font-semibold text-earn-fg">{sums(({ earned }) => earned)}</span>,
    },
    {
      key: "so-far",
      head: "Month so far",
      align: "right",
      render: ({ soFar }) => <span className="text-muted">{money(soFar)}</span>,
      className: "max-lg:hidden",
    },
  ];
}

function Payment({ line }: { readonly line: StatementLine }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <LogoMark id={line.customer.id} name={line.customer.name} />
      <span className="flex min-w-0 flex-col leading-[17px]">
        <span className="truncate font-medium">{line.customer.name}</span>
        <span className="tnum truncate text-xs text-subtle">
          {line.payment.number} · {line.deal.number}
          {line.trace?.cause !== undefined && (
            <span className="text-warning-fg"> · {causeTitle(line.trace).toLowerCase()}</span>
          )}
          {kindWords(line) !== null && <span className="text-warning-fg"> · {kindWords(line)}</span>}
          {line.adjusts !== null && ` · for ${formatMonth(line.adjusts)}`}
          {line.reason !== null && <span className="text-warning-fg"> · {absenceWords(line.reason)}</span>}
        </span>
      </span>
    </span>
  );
}

/** Less than the whole is called out. */
function Credit({ line }: { readonly line: StatementLine }): ReactElement | null {
  const { trace, correction, adjustment } = line;
  if (correction !== null || adjustment !== null) return null;
  if (trace === null) return <span className="text-subtle">0</span>;
  const share = formatBasisPoints(trace.credit.basisPoints);
  return trace.credit.basisPoints === 10_000 ? <>{share}</> : <Badge tone="line">{share}</Badge>;
}

function ratesOf({ trace, correction, kind }: StatementLine): string {
  if (correction !== null || (kind !== null && kind !== "earned" && kind !== "reversal")) return "";
  const rates = [...new Set(trace?.tiers.map(({ rate }) => rateText(rate)))];
  return rates.length === 0 ? "0" : rates.join(", ");
}

function PhoneLine({ line, money }: { readonly line: StatementLine; readonly money: Money }): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">
        <Payment line={line} />
      </span>
      <span className="tnum font-medium">{money(line.amount)}</span>
    </span>
  );
}
