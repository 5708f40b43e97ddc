export { sales } from "./sales.module.ts";
export { opportunityUnwinding, opportunityWon } from "./sales.ports.ts";
export type { Opportunity } from "./opportunities/opportunity.ts";
export { opportunityRecord } from "./opportunities/opportunity.ts";
