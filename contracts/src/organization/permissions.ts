import * as z from "zod/mini";

/**
 * Everything somebody can be allowed to do, as entity.action. Permissions on records that have an owner are granted
 * with a reach; the others are held or not.
 */
export const permissions = [
  "organization.edit",
  "member.read",
  "member.invite",
  "member.edit",
  "team.edit",
  "role.edit",
  "audit.read",
  "import.run",
  "pipeline.edit",
  "product.edit",
  "customer.read",
  "customer.create",
  "customer.edit",
  "customer.delete",
  "customer.assign",
  "customer.export",
  "contact.read",
  "contact.create",
  "contact.edit",
  "contact.delete",
  "contact.assign",
  "contact.export",
  "interaction.read",
  "interaction.create",
  "interaction.edit",
  "interaction.delete",
  "interaction.export",
  "opportunity.read",
  "opportunity.create",
  "opportunity.edit",
  "opportunity.delete",
  "opportunity.assign",
  "opportunity.export",
  "opportunity.reopen",
  "deal.read",
  "deal.submit",
  "deal.approve",
  "payment.read",
  "payment.record",
  "payment.verify",
  "refund.record",
  "invoice.read",
  "invoice.issue",
  "commission.read",
  "dispute.answer",
  "statement.approve",
  "period.close",
  "adjustment.propose",
  "adjustment.approve",
  "plan.read",
  "plan.edit",
  "plan.approve",
  "goal.read",
  "goal.edit",
  "analytics.read",
] as const;

export const Permission = z.enum(permissions);
export type Permission = z.output<typeof Permission>;

/** How far a permission reaches: my own records, my team's, my team's and the teams' below it, everybody's. */
export const reaches = ["own", "team", "tree", "all"] as const;
export const Reach = z.enum(reaches);
export type Reach = z.output<typeof Reach>;

/** Records that have an owner, and whose visibility therefore follows the reach of `<entity>.read`. */
export const scopedEntities = [
  "customer",
  "contact",
  "opportunity",
  "interaction",
  "deal",
  "payment",
  "invoice",
  "commission",
] as const;
export type ScopedEntity = (typeof scopedEntities)[number];

/** The roles of the product. An organization can make more of its own, see roles.ts. */
export const roles = ["org_admin", "manager", "sales_rep", "verifier", "finance", "analyst", "viewer"] as const;
export const Role = z.enum(roles);
export type Role = z.output<typeof Role>;
