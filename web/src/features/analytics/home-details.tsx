import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { can, useUser } from "#lib/session";
import { LeaderboardCard } from "./leaderboard-card.tsx";
import { ApprovalsCard, ClosingCard, PaymentsCard } from "./side-cards.tsx";
import { VerifiedChart } from "./verified-chart.tsx";

type DetailsProps = { readonly dashboard: Dashboard; readonly today: string };

/** Below the figures of Home: the month by day, who is where, and what waits. In one column, what waits comes first. */
export function HomeDetails({ dashboard, today }: DetailsProps): ReactElement {
  const user = useUser();
  const hasSide = (["deal.approve", "opportunity.read", "payment.read"] as const).some((name) => can(user, name));
  return (
    <div
      className={cx(
        "grid items-start gap-3.5",
        hasSide ? "lg:grid-cols-[minmax(0,17fr)_minmax(0,10fr)] lg:grid-rows-[auto_1fr]" : "grid-cols-1",
      )}
    >
      {can(user, "deal.approve") && (
        <div className="min-w-0 lg:col-start-2">
          <ApprovalsCard />
        </div>
      )}
      <div className="flex min-w-0 flex-col gap-3.5 lg:col-start-1 lg:row-span-2 lg:row-start-1">
        <VerifiedChart dashboard={dashboard} today={today} />
        <Ranking dashboard={dashboard} />
      </div>
      <div className="flex min-w-0 flex-col gap-3.5 lg:col-start-2">
        {can(user, "opportunity.read") && (
          <ClosingCard today={today} showsOwner={user.reach["opportunity.read"] !== "own"} />
        )}
        {can(user, "payment.read") && <PaymentsCard />}
      </div>
    </div>
  );
}

function Ranking({ dashboard }: Pick<DetailsProps, "dashboard">): ReactElement | null {
  const user = useUser();
  const { leaderboard } = dashboard;
  if (leaderboard === null) return null;
  const readsOthers = can(user, "commission.read") && user.reach["commission.read"] !== "own";
  return <LeaderboardCard board={leaderboard} dashboard={dashboard} leadsToStatements={readsOthers} />;
}
