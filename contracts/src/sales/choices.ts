import * as z from "zod/mini";

// What an address may name stands apart from the contracts: the web reads it on its first load, and them later.

/**
 * Open opportunities that need somebody. at-risk: the close date has passed, or it stands in its stage longer than is
 * usual there, or nobody has been in touch for longer than its stage allows; closing-soon: expected to close within 14 days, or overdue; no-next-step: nobody has planned one.
 */
export const opportunityViews = ["at-risk", "closing-soon", "no-next-step"] as const;
export const OpportunityView = z.enum(opportunityViews);
export type OpportunityView = z.output<typeof OpportunityView>;

export const opportunitySorts = [
  "rank",
  "expectedCloseOn",
  "closedOn",
  "amount",
  "title",
  "createdAt",
  "updatedAt",
  "number",
  "quietSince",
] as const;

/** What opportunities are put together by: a month of closing as YYYY-MM. */
export const opportunityGroups = [
  "stageId",
  "ownerId",
  "customerId",
  "source",
  "priority",
  "expectedCloseOn",
  "closedOn",
] as const;
export const customerGroups = ["ownerId", "industry", "kind", "location"] as const;
export const contactGroups = ["ownerId", "title"] as const;

export const contactSorts = ["name", "createdAt", "updatedAt", "number"] as const;

export const customerSorts = ["name", "createdAt", "updatedAt", "number", "satisfaction"] as const;

export const duplicateEntities = ["customer", "contact"] as const;

/** The most that are merged at once, the one that stays included. */
export const mostMerged = 10;

export const stageKinds = ["open", "won", "lost"] as const;
export type StageKind = (typeof stageKinds)[number];
