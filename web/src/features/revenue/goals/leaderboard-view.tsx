import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import { useQuery } from "@tanstack/react-query";
import { EyeOff, Info, Trophy } from "lucide-react";
import type { ReactElement } from "react";
import { dashboardQuery, LeaderboardTable } from "#features/analytics";
import { formatMonth } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { ButtonLink } from "#ui/button";
import { Card } from "#ui/card";
import { EmptyState } from "#ui/empty-state";
import { QueryView } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { SkeletonLines } from "#ui/skeleton";
import { placeSentence } from "./place-sentence.ts";

/** The team by share of the own goal, and where the viewer stands in it. */
export function LeaderboardView(): ReactElement {
  const query = useQuery(dashboardQuery());
  return (
    <QueryView query={query} what="The leaderboard" skeleton={<SkeletonLines lines={5} />} className="m-5 max-sm:m-4">
      {(dashboard) =>
        dashboard.leaderboard === null ? <NoBoard /> : <Ranking dashboard={dashboard} board={dashboard.leaderboard} />
      }
    </QueryView>
  );
}

type Board = NonNullable<Dashboard["leaderboard"]>;

function Ranking({ dashboard, board }: { readonly dashboard: Dashboard; readonly board: Board }): ReactElement {
  const { reach } = useUser();
  const readsOthers = reach["commission.read"] !== undefined && reach["commission.read"] !== "own";
  return (
    <RailLayout mainLabel="Ranking" railLabel="You" railWidth={360} rail={<Aside board={board} />}>
      <div className="flex flex-col gap-3.5 p-5 max-sm:p-4">
        <Card>
          <LeaderboardTable
            label={`Leaderboard, ${board.team.name}, ${formatMonth(dashboard.month)}`}
            board={board}
            dashboard={dashboard}
            leadsToStatements={readsOthers}
            isRoomy
          />
        </Card>
        <p className="flex items-start gap-2 text-xs text-muted">
          <Info size={14} className="mt-px flex-none" aria-hidden="true" />
          Ranked by share of the own goal, not by money, so that territories compare fairly. Equal results share a rank.
          Nobody without a goal is ranked.
        </p>
      </div>
    </RailLayout>
  );
}

function Aside({ board }: { readonly board: Board }): ReactElement {
  const place = placeSentence(board.rows);
  return (
    <>
      {place !== null && (
        <Card className="flex-none px-4 py-3.5">
          <h2 className="text-xs text-muted">You, in {board.team.name}</h2>
          <p className="tnum text-xl font-semibold">{place.title}</p>
          <p className="mt-1 text-muted">{place.detail}</p>
        </Card>
      )}
      <Card className="flex-none px-4 py-3.5">
        <h2 className="text-[13.5px] font-semibold">Who sees what</h2>
        <p className="mt-1.5 flex gap-2 text-xs text-muted">
          <EyeOff size={14} className="mt-px flex-none" aria-hidden="true" />
          <span>Money is not shown here. You see your own under Commissions; your manager sees the team's.</span>
        </p>
      </Card>
    </>
  );
}

function NoBoard(): ReactElement {
  const maySet = useCan("goal.edit");
  return (
    <EmptyState
      icon={Trophy}
      title="No ranking"
      className="m-5 max-sm:m-4"
      actions={
        maySet && (
          <ButtonLink to="/goals" search={{ set: true }}>
            New goal
          </ButtonLink>
        )
      }
    >
      A ranking needs a team of at least three people: with fewer, one person's result would tell the other's.
    </EmptyState>
  );
}
