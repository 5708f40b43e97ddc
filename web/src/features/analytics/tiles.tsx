import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { ReactElement } from "react";
import { formatCountOf, formatMoney, formatPercent, shareOf } from "#lib/format";
import { useCan } from "#lib/session";
import { Bar } from "#ui/bar";
import { KpiTile } from "#ui/kpi-tile";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";
import { PaceBadge } from "./pace-badge.tsx";
import { paceShare } from "./pace.ts";

type TileProps = { readonly dashboard: Dashboard };

/** Verified money against the goal: the own one, or the team's for who leads it. */
export function AttainmentTile({ dashboard }: TileProps): ReactElement {
  const { attainment, workdays, scope, team } = dashboard;
  const label = scope === "team" && team !== null ? `${team.name}, goal attainment` : "Goal attainment";
  if (attainment?.ratio == null) return <VerifiedTile dashboard={dashboard} />;
  const { ratio, verified, target } = attainment;
  const pace = paceShare(workdays);
  return (
    <KpiTile
      label={label}
      value={<LiveFigure>{formatPercent(ratio).replace("%", "")}</LiveFigure>}
      unit="%"
      context={`${formatMoney(verified, { style: "compact" })} of ${formatMoney(target, { style: "compact" })}`}
      end={<PaceBadge ratio={ratio} workdays={workdays} />}
    >
      <Bar share={Number(ratio)} pace={pace} className="my-1.5" />
      <Legend
        left={`Pace today ${formatPercent(pace.toFixed(4))}`}
        right={
          Number(ratio) >= 1 ? "Goal reached" : `${formatMoney(rest(target, verified), { style: "compact" })} to go`
        }
      />
    </KpiTile>
  );
}

/** In place of attainment where nobody has set a goal. */
function VerifiedTile({ dashboard }: TileProps): ReactElement {
  const maySet = useCan("goal.edit");
  const { verified, workdays } = dashboard;
  return (
    <KpiTile
      label="Verified this month"
      value={<LiveFigure>{formatMoney(verified, { style: "compact" })}</LiveFigure>}
      context={`day ${workdays.elapsed} of ${workdays.total}`}
    >
      <Bar share={paceShare(workdays)} tone="muted" className="my-1.5" />
      <p className="flex justify-between gap-2 text-xs text-muted">
        <span>No goal for this month</span>
        {maySet && (
          <TextLink to="/goals" search={{ set: true }}>
            Set a goal
          </TextLink>
        )}
      </p>
    </KpiTile>
  );
}

export function StreakTile({ dashboard: { streak, scope } }: TileProps): ReactElement {
  const { current, best, days } = streak;
  const keepsToday = days.at(-1)?.kept === true;
  return (
    <KpiTile
      label={scope === "team" ? "Team streak" : "Streak"}
      value={<LiveFigure>{String(current)}</LiveFigure>}
      unit={current === 1 ? "\u00a0day" : "\u00a0days"}
      context={`Best ${best}`}
    >
      <StreakDays days={days} />
      <p className="text-xs text-muted">
        {keepsToday ? "Today counts: money was verified" : "One verified payment today keeps it"}
      </p>
    </KpiTile>
  );
}

function StreakDays({ days }: { readonly days: Dashboard["streak"]["days"] }): ReactElement {
  const kept = days.filter((day) => day.kept).length;
  return (
    <span
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn by the style sheet, in the colours of the theme
      role="img"
      aria-label={`${kept} of the latest ${days.length} working days had a verified payment`}
      className="my-0.5 flex gap-0.75"
    >
      {days.map(({ day, kept: isKept }, index) => (
        <span
          key={day}
          className={
            isKept
              ? "h-3 flex-1 rounded-[3px] bg-earn"
              : index === days.length - 1
                ? "h-3 flex-1 rounded-[3px] shadow-[inset_0_0_0_1.5px_var(--earn-solid)]"
                : "h-3 flex-1 rounded-[3px] bg-active"
          }
        />
      ))}
    </span>
  );
}

export function ClosingTile({ dashboard: { closing } }: TileProps): ReactElement {
  const { count, amount, weighted } = closing;
  return (
    <KpiTile
      label="Closing this month"
      value={<LiveFigure>{formatMoney(amount, { style: "compact" })}</LiveFigure>}
      context={formatCountOf(count, "opportunity", "opportunities")}
      end={
        <TextLink to="/pipeline" className="text-xs">
          Pipeline
        </TextLink>
      }
    >
      <Bar share={shareOf(weighted, amount)} className="my-1.5" />
      <Legend left="Weighted by stage" right={formatMoney(weighted, { style: "compact" })} />
    </KpiTile>
  );
}

/** What stands under a bar: the words left, the figure right. */
export function Legend({ left, right }: { readonly left: string; readonly right: string }): ReactElement {
  return (
    <p className="tnum flex flex-wrap justify-between gap-x-2 text-xs text-muted">
      <span>{left}</span>
      <span>{right}</span>
    </p>
  );
}

function rest(target: WireMoney, verified: WireMoney): WireMoney {
  const left = fromWire(target).minor - fromWire(verified).minor;
  return toWire(left > 0n ? left : 0n, target.currency);
}
