import { readEarnings } from "@rainmaker/contracts/revenue/earnings";
import { liveQuery } from "#lib/query";

/** The viewer's own earnings of this month, as they come. */
export const earningsQuery = liveQuery(readEarnings, {}, [
  "commission",
  "payment",
  "deal",
  "statement",
  "plan",
  "quota",
]);
