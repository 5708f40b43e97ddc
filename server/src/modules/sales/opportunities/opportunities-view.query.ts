import { viewable } from "#modules/records";
import type { Context } from "#platform/context";
import { opportunityRecord } from "./opportunity.ts";
import { listOpportunities } from "./opportunities.query.ts";

type Listed = Awaited<ReturnType<typeof listOpportunities>>["items"][number];

/** Views, exports and bulk changes of the list of opportunities. */
export const opportunitiesView = viewable<Context, Listed>({
  record: opportunityRecord,
  plural: "opportunities",
  list: listOpportunities,
  columns: {
    opportunity: { head: "Opportunity", cell: ({ title }) => title },
    number: { head: "Number", cell: ({ number }) => number },
    customer: { head: "Customer", cell: ({ customer }) => customer?.name ?? null },
    stage: { head: "Stage", cell: ({ stage }) => stage.name },
    amount: { head: "Amount", cell: ({ amount }) => amount?.amount ?? null },
    currency: { head: "Currency", cell: ({ amount }) => amount?.currency ?? null },
    owner: { head: "Owner", cell: ({ owner }) => owner?.name ?? null },
    expectedCloseOn: { head: "Expected close", cell: ({ expectedCloseOn }) => expectedCloseOn },
    closedOn: { head: "Closed", cell: ({ closedOn }) => closedOn },
    lostReason: { head: "Lost reason", cell: ({ lostReason }) => lostReason },
    nextStep: { head: "Next step", cell: ({ nextStep }) => nextStep },
    nextStepOn: { head: "Next step on", cell: ({ nextStepOn }) => nextStepOn },
    contact: { head: "Contact", cell: ({ freshness }) => freshness?.state ?? null },
    source: { head: "Source", cell: ({ source }) => source },
    priority: { head: "Priority", cell: ({ priority }) => priority },
    stageSince: { head: "In stage since", cell: ({ stageSince }) => stageSince },
    createdAt: { head: "Added", cell: ({ createdAt }) => createdAt },
    updatedAt: { head: "Last change", cell: ({ updatedAt }) => updatedAt },
  },
});
