import type { Moved } from "#modules/records";
import { port } from "#platform/port";
import type { Opportunity } from "./opportunities/opportunity.ts";

/** Opportunities that have just been won: whoever keeps deals opens one for each, in the same transaction. */
export const opportunitiesWon = port<readonly Opportunity[]>("opportunitiesWon");

/** Which of these opportunities something hangs on, so that they cannot simply go to the trash. */
export const opportunitiesHeld = port<readonly string[], readonly string[]>("opportunitiesHeld");

/**
 * A won opportunity is about to be reopened or deleted: whoever keeps deals takes the deal back, or refuses because
 * money hangs on it.
 */
export const opportunityUnwinding = port<Opportunity>("opportunityUnwinding");

export type CustomersMerged = { readonly survivorId: string; readonly mergedIds: readonly string[] };

/**
 * Customers have become one: whoever keeps what hangs on a customer hangs it on the one that stays and says which rows,
 * or refuses. Where the ids of before lead is written already.
 */
export const customersMerged = port<CustomersMerged, Moved>("customersMerged");
