// What addresses of pages name. Apart from the contracts, so that reading an address loads none of them.
import * as z from "zod/mini";

export const salesGroupings = ["month", "member", "team", "customer", "method"] as const;
export const SalesGrouping = z.enum(salesGroupings);
export type SalesGrouping = z.output<typeof SalesGrouping>;
