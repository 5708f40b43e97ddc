import type { Statement } from "@rainmaker/contracts/revenue/commissions";
import { EyeOff } from "lucide-react";
import type { ReactElement } from "react";
import { formatDay, formatMonth, formatMoney, signOf } from "#lib/format";
import { LiveFigure } from "#ui/live-figure";
import { WaterfallChart, type WaterfallStep } from "#ui/waterfall-chart";
import { staircase, weeksOf } from "./statement.ts";
import type { Earner } from "./why-panel.tsx";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";

type StatementSummaryProps = { readonly statement: Statement; readonly earner: Earner };

/** What the month has come to, and which weeks made it. */
export function StatementSummary({ statement, earner }: StatementSummaryProps): ReactElement {
  const [total] = statement.totals;
  const steps = total === undefined ? [] : stepsOf(statement, total.earned.currency);
  return (
    <div className="flex flex-none items-center gap-6 border-b border-line-subtle px-5 py-5 max-lg:flex-col max-lg:items-stretch max-lg:gap-3 max-sm:px-4 max-sm:py-3">
      <div className="flex min-w-52 flex-none flex-col gap-1">
        <p className="hidden font-medium print:block">
          {statement.participant.name}, {formatMonth(statement.month)}
        </p>
        <p className="text-muted">{earner.isYou ? "You earned" : `${earner.firstName} earned`}</p>
        {statement.totals.map(({ earned }) => (
          <p key={earned.currency} className="tnum text-3xl font-semibold">
            <LiveFigure>{formatMoney(earned)}</LiveFigure>
          </p>
        ))}
        {total === undefined && <p className="tnum text-3xl font-semibold text-subtle">Nothing yet</p>}
        {statement.totals.map(({ verified, credited }) => (
          <p key={verified.currency} className="tnum text-xs text-subtle">
            From {formatMoney(verified, { style: "short" })} verified, {formatMoney(credited, { style: "short" })}{" "}
            credited to {earner.isYou ? "you" : earner.firstName}
          </p>
        ))}
        {statement.issued.map(({ payable, broughtForward }) => (
          <p key={payable.currency} className="tnum text-xs text-subtle">
            {formatMoney(payable)} {statement.state === "paid" ? "paid out" : "to be paid"}
            {signOf(broughtForward) !== 0 && `, with ${formatMoney(broughtForward)} from earlier months`}
          </p>
        ))}
        <PlanText plan={statement.plan} />
        <p className="flex items-center gap-1.5 text-xs text-subtle print:hidden">
          <EyeOff size={12} aria-hidden="true" className="flex-none" />
          {earner.isYou
            ? "Only you, who leads you and finance see this"
            : "Seen by its person, who leads them and finance"}
        </p>
      </div>
      {steps.length > 2 && total !== undefined && (
        <div className="min-w-0 flex-1">
          <WaterfallChart label={sentence(steps)} steps={steps} />
        </div>
      )}
    </div>
  );
}

function PlanText({ plan }: Pick<Statement, "plan">): ReactElement {
  return (
    <p className="text-xs text-subtle">
      {plan === null
        ? "No commission plan holds in this month"
        : `Plan ${plan.name}, version ${plan.version}, ${rateText(plan.rate)}`}
    </p>
  );
}

function stepsOf({ lines, month, totals }: Statement, currency: string): readonly WaterfallStep[] {
  const weeks = weeksOf(lines, month, currency);
  const earned = totals.find((total) => total.earned.currency === currency)?.earned ?? { amount: "0", currency };
  const places = staircase(weeks.map((week) => week.earned));
  const end = places.at(-1)?.to ?? 0;
  return [
    ...weeks.map((week, index) => ({
      key: week.from,
      label: weekLabel(week.from, week.to),
      text: formatMoney(week.earned, { bare: index > 0, signed: index > 0, style: "short" }),
      ...(places[index] ?? { from: 0, to: 0 }),
    })),
    {
      key: "total",
      label: formatMonth(month).split(" ")[0] ?? month,
      text: formatMoney(earned, { style: "short" }),
      from: 0,
      to: end,
      isTotal: true,
    },
  ];
}

/** "2 to 8 Nov", or "1 Nov" where a month begins on a Sunday. */
function weekLabel(from: string, to: string): string {
  // The year stands in the title of the page.
  const last = formatDay(to, `${to.slice(0, 4)}-01-01`).replace(/^\w{3} (?=\d)/, "");
  return from === to ? last : `${Number(from.slice(8))} to ${last}`;
}

function sentence(steps: readonly WaterfallStep[]): string {
  return `Commission by the week the money arrived: ${steps.map(({ label, text }) => `${label} ${text}`).join(", ")}.`;
}
