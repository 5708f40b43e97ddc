import { updateOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import { bodyCheck } from "#lib/check-body";

/** What is wrong with a change; undefined where nothing is. */
export const wrongWith = bodyCheck(updateOpportunity);
