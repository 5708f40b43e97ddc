import type { Earnings } from "@rainmaker/contracts/revenue/earnings";
import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { TrendingUp } from "lucide-react";
import type { ReactElement } from "react";
import { formatMoney, formatPercent, signOf, today } from "#lib/format";
import { useUser } from "#lib/session";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";
import { nextStepText } from "./next-step.ts";
import { earningsQuery } from "./use-earnings.ts";

type EarningsStripProps = { readonly month: string; readonly isYou: boolean };

/** What is on its way beside what is posted, this month: approved, in verification, expected; and what it takes to earn more. */
export function EarningsStrip({ month, isYou }: EarningsStripProps): ReactElement | null {
  const { organization } = useUser();
  const isShown = isYou && month === monthOf(today(organization?.timeZone));
  const { data } = useQuery({ ...earningsQuery, enabled: isShown });
  if (!isShown || data === undefined) return null;
  const next = nextStepText(data);
  return (
    <section
      aria-label="On its way"
      className="flex flex-none flex-wrap items-center gap-x-6 gap-y-2 border-b border-line-subtle px-5 py-3 max-sm:px-4 print:hidden"
    >
      {data.sums.map((sum) => (
        <Sums key={sum.earned.currency} sum={sum} />
      ))}
      <p className="tnum flex items-center gap-1.5 text-muted">
        {next !== undefined && (
          <>
            <TrendingUp size={14} aria-hidden="true" className="flex-none text-earn-fg" />
            <LiveFigure>{next}</LiveFigure>
          </>
        )}
        {attainmentText(data)}
      </p>
      <TextLink to="/my-plan" className="ml-auto text-xs">
        What your plan says
      </TextLink>
    </section>
  );
}

type Sum = Earnings["sums"][number];

function Sums({ sum }: { readonly sum: Sum }): ReactElement | null {
  const shown = (
    [
      ["Approved", sum.approved],
      ["Held", sum.held],
      ["In verification", sum.waiting],
      ["Expected", sum.expected],
    ] as const
  ).filter(([, money]) => signOf(money) !== 0);
  if (shown.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2">
      {shown.map(([label, money]) => (
        <div key={label}>
          <dt className="text-xs text-subtle">{label}</dt>
          <dd className="tnum font-medium">
            <LiveFigure>{formatMoney(money)}</LiveFigure>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function attainmentText({ rules }: Earnings): string | null {
  const rule = rules.find(({ attainment }) => attainment !== null);
  if (rule?.attainment == null || rule.quota === null) return null;
  return ` ${formatPercent(rule.attainment)} of ${formatMoney(rule.quota, { style: "short" })} quota`;
}
