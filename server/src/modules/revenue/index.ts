export { revenue } from "./revenue.module.ts";
export { attainmentOf, rankByAttainment } from "./goals/goal.ts";
export { latestDays, streakOf, workdaysOf } from "./streaks/streak.ts";
export { CaseFileError, evaluatePlanCases } from "./evaluation/plan-cases.adapter.ts";
export { replayAllPeriods, type LedgerDifference } from "./commissions/ledger-replay.query.ts";
export { dealRecord } from "./deals/deal.ts";
export { paymentRecord } from "./payments/payment.ts";
