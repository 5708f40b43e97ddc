import { text, type Wording } from "./audit-wording.ts";

/** What happens to commission plans, quotas and rates, and to commission beside them, in words. */
export const planWordings = {
  "adjustment.proposed": { action: "Adjustment of commission proposed", tone: "brand", detail: text("code") },
  "adjustment.approved": { action: "Adjustment of commission approved", tone: "warning", detail: text("code") },
  "adjustment.declined": { action: "Adjustment of commission declined", tone: "neutral", detail: text("code") },
  "plan.created": { action: "Commission plan begun", tone: "neutral" },
  "plan.version-begun": { action: "Version of a plan begun", tone: "neutral" },
  "plan.draft-saved": { action: "Draft of a plan changed", tone: "neutral" },
  "plan.submitted": { action: "Plan sent to be approved", tone: "brand" },
  "plan.returned": { action: "Plan sent back", tone: "danger", detail: text("reason") },
  "plan.approved": { action: "Plan approved", tone: "success", detail: text("startsOn") },
  "plan.assigned": { action: "Somebody put on a plan", tone: "warning", detail: text("from") },
  "plan.accepted": { action: "Plan accepted", tone: "success" },
  "quota.set": { action: "Quota set", tone: "warning" },
  "exchange-rate.entered": { action: "Exchange rate entered", tone: "warning", detail: text("rate") },
} as const satisfies Readonly<Record<string, Wording>>;
