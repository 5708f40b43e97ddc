import type { Context } from "#platform/context";
import type { DB } from "#platform/schema";

/** Tables this module owns, and the views it may join. */
export type SalesTables = Pick<
  DB,
  | "customer"
  | "contact"
  | "contact_point"
  | "contact_customer"
  | "product"
  | "pipeline"
  | "pipeline_state"
  | "stage"
  | "opportunity"
  | "opportunity_line"
  | "opportunity_contact"
  | "interaction"
  | "timeline_pin"
  | "interaction_participant"
  | "stage_history"
  | "stage_total"
  | "opportunity_state"
  | "organization.member_ref"
>;

export type SalesContext = Context<SalesTables>;
