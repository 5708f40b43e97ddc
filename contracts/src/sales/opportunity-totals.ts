import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { ListTotals } from "../records/totals.ts";
import { opportunityGroups } from "./choices.ts";
import { opportunityNarrowing } from "./opportunities.ts";

export const totalOpportunities = endpoint(
  "GET",
  "/opportunities/totals",
  "What a list of opportunities comes to, whole and by groups",
  "opportunity.read",
  {
    query: z.strictObject({ ...opportunityNarrowing, groupBy: z.optional(z.enum(opportunityGroups)) }),
    reply: ListTotals,
  },
);
