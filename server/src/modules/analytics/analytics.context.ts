import type { Context } from "#platform/context";
import type { DB } from "#platform/schema";

/** Tables this module owns, and the views it may join. */
export type AnalyticsTables = Pick<
  DB,
  | "daily_metric"
  | "organization.member_ref"
  | "organization.team_ref"
  | "organization.membership_ref"
  | "sales.customer_ref"
  | "sales.opportunity_ref"
  | "revenue.goal_ref"
  | "revenue.posting_ref"
  | "revenue.deal_ref"
  | "revenue.payment_ref"
  | "revenue.credit_ref"
  | "revenue.sale_ref"
>;

export type AnalyticsContext = Context<AnalyticsTables>;
