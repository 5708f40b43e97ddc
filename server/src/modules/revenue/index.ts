export { revenue } from "./revenue.module.ts";
export { attainmentOf, rankByAttainment } from "./goals/goal.ts";
export { elapsedWorkdays, latestDays, streakOf } from "./streaks/streak.ts";
