export { sales } from "./sales.module.ts";
export {
  customersMerged,
  type CustomersMerged,
  opportunitiesHeld,
  opportunitiesWon,
  opportunityUnwinding,
} from "./sales.ports.ts";
export type { Opportunity } from "./opportunities/opportunity.ts";
export { opportunityRecord } from "./opportunities/opportunity.ts";
