import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { useCalmOrder } from "#lib/calm-order";
import { formatPercent } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Bar } from "#ui/bar";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";
import { PaceText } from "./pace-badge.tsx";
import { paceShare } from "./pace.ts";

export type Board = NonNullable<Dashboard["leaderboard"]>;
type LeaderboardTableProps = {
  /** What screen readers call it. */
  readonly label: string;
  readonly board: Board;
  readonly dashboard: Pick<Dashboard, "month" | "workdays">;
  /** For who may read their commission: each name leads to the statement. */
  readonly leadsToStatements: boolean;
  /** Higher rows, where it is the page itself. */
  readonly isRoomy?: boolean;
};

const head = "h-8 px-2.5 text-left text-xs font-medium whitespace-nowrap text-subtle first:pl-4 last:pr-4";
const cell = "border-t border-line-subtle px-2.5 first:pl-4 last:pr-4";

/** People by share of the own goal: attainment, not money, so that territories compare fairly. */
export function LeaderboardTable(props: LeaderboardTableProps): ReactElement {
  const { label, board, dashboard, leadsToStatements, isRoomy = false } = props;
  const { rows, handlers } = useCalmOrder(board.rows, ({ member }) => member.id);
  return (
    <table className="w-full" aria-label={label}>
      <thead>
        <tr>
          <th scope="col" className={head}>
            Rank
          </th>
          <th scope="col" className={cx(head, "w-full")}>
            Person
          </th>
          <th scope="col" className={cx(head, "max-lg:hidden")}>
            Goal, pace {formatPercent(paceShare(dashboard.workdays).toFixed(4))}
          </th>
          <th scope="col" className={cx(head, "text-right")}>
            Share
          </th>
          <th scope="col" className={cx(head, "max-sm:hidden")}>
            Pace
          </th>
          <th scope="col" className={cx(head, "text-right")}>
            Streak
          </th>
        </tr>
      </thead>
      <tbody {...handlers}>
        {rows.map((row) => (
          <Row
            key={row.member.id}
            row={row}
            dashboard={dashboard}
            isLinked={leadsToStatements}
            className={isRoomy ? "h-13" : "h-10.5"}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = Pick<LeaderboardTableProps, "dashboard"> & {
  readonly row: Board["rows"][number];
  readonly isLinked: boolean;
  readonly className: string;
};

function Row({ row, dashboard: { month, workdays }, isLinked, className }: RowProps): ReactElement {
  const { rank, member, ratio, streak, isYou } = row;
  return (
    <tr className={cx(className, isYou && "bg-selected")} aria-current={isYou || undefined}>
      <td className={cx(cell, "tnum font-medium", isYou && "shadow-[inset_2px_0_0_var(--brand-solid)]")}>
        <Rank rank={rank} />
      </td>
      <td className={cx(cell, "max-w-0")}>
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar person={member} isDecorative />
          {isLinked ? (
            <TextLink to="/commissions/$month" params={{ month }} search={{ member: member.id }} className="truncate">
              {member.name}
            </TextLink>
          ) : (
            <span className="truncate font-medium">{member.name}</span>
          )}
          {isYou && <Badge tone="line">you</Badge>}
        </span>
      </td>
      <td className={cx(cell, "max-lg:hidden")}>
        {ratio !== null && (
          <Bar
            share={Number(ratio)}
            pace={paceShare(workdays)}
            tone={Number(ratio) >= 1 ? "earn" : "brand"}
            className="w-30"
          />
        )}
      </td>
      <td className={cx(cell, "text-right font-medium")}>
        {ratio === null ? (
          <span className="text-xs font-normal whitespace-nowrap text-subtle">no goal</span>
        ) : (
          <LiveFigure>{formatPercent(ratio)}</LiveFigure>
        )}
      </td>
      <td className={cx(cell, "text-xs max-sm:hidden")}>
        {ratio !== null && <PaceText ratio={ratio} workdays={workdays} />}
      </td>
      <td className={cx(cell, "tnum text-right whitespace-nowrap text-muted")}>{streak} d</td>
    </tr>
  );
}

/** Brass for the first three. */
function Rank({ rank }: Pick<Board["rows"][number], "rank">): ReactElement {
  if (rank === null) return <span className="text-subtle">–</span>;
  return <span className={rank <= 3 ? "text-earn-fg" : ""}>{rank}</span>;
}
