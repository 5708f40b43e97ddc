import type { Context } from "#platform/context";
import type { DB } from "#platform/schema";

/** Tables this module owns, and the views it may join. */
export type RevenueTables = Pick<
  DB,
  | "deal"
  | "deal_credit"
  | "payment"
  | "payment_submission"
  | "payment_decision"
  | "payment_claim"
  | "refund"
  | "verified_credit"
  | "plan"
  | "plan_version"
  | "plan_component"
  | "plan_assignment"
  | "plan_effective"
  | "commission_period"
  | "commission_accumulator"
  | "commission_absence"
  | "commission_statement"
  | "dispute"
  | "dispute_message"
  | "ledger_txn"
  | "ledger_line"
  | "legal_entity"
  | "invoice_counter"
  | "invoice"
  | "invoice_file"
  | "payment_allocation"
  | "invoice_delivery"
  | "goal"
  | "records.file_ref"
  | "organization.member_ref"
  | "organization.quorum_ref"
  | "organization.team_ref"
  | "organization.membership_ref"
  | "sales.customer_ref"
  | "sales.customer_address_ref"
  | "sales.opportunity_ref"
>;

export type RevenueContext = Context<RevenueTables>;
