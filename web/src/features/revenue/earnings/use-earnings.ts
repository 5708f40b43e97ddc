import { readEarnings } from "@rainmaker/contracts/revenue/earnings";
import { liveQuery } from "#lib/query";

/** What changes somebody's earnings of the month. */
export const earningsEntities = ["commission", "payment", "deal", "statement", "plan", "quota"] as const;

/** The viewer's own earnings of this month, as they come. */
export const earningsQuery = liveQuery(readEarnings, {}, earningsEntities);
