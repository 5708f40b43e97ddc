// What other features may use of this one.
export { LeaderboardTable } from "./leaderboard-table.tsx";
export { PaceText } from "./pace-badge.tsx";
export { dashboardQuery } from "./use-dashboard.ts";
