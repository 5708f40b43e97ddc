import { port } from "#platform/port";
import type { Opportunity } from "./opportunities/opportunity.ts";

/** An opportunity has just been won: whoever keeps deals opens one, in the same transaction. */
export const opportunityWon = port<Opportunity>("opportunityWon");

/**
 * A won opportunity is about to be reopened or deleted: whoever keeps deals takes the deal back, or refuses because
 * money hangs on it.
 */
export const opportunityUnwinding = port<Opportunity>("opportunityUnwinding");
