// What other features may use of this one.
export { PaceBadge, PaceText } from "./pace-badge.tsx";
export { dashboardQuery } from "./use-dashboard.ts";
