import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import type { ReactElement } from "react";
import { Card, CardHead } from "#ui/card";
import { TextLink } from "#ui/link";
import { LeaderboardTable, type Board } from "./leaderboard-table.tsx";

type LeaderboardCardProps = {
  readonly board: Board;
  readonly dashboard: Dashboard;
  readonly leadsToStatements: boolean;
};

/** The ranking on Home; for who leads the team these are the people. */
export function LeaderboardCard({ board, dashboard, leadsToStatements }: LeaderboardCardProps): ReactElement {
  const title = dashboard.scope === "team" ? "People" : "Leaderboard";
  return (
    <Card>
      <CardHead
        title={title}
        context={`${board.team.name}, this month`}
        end={
          <TextLink to="/goals" search={{ show: "leaderboard" }}>
            All of {board.team.name}
          </TextLink>
        }
      />
      <LeaderboardTable label={title} board={board} dashboard={dashboard} leadsToStatements={leadsToStatements} />
    </Card>
  );
}
