import * as z from "zod/mini";
import { MoneyReply } from "../money.ts";

/** What all rows of a list come to, and what its groups do; money is summed by currency, never across them. */
const Total = {
  count: z.int(),
  sums: z.array(MoneyReply),
};

export const ListTotals = z.object({
  ...Total,
  /** In the order of what they are called; a stage's where it stands. Rows without a value stand last. */
  groups: z.array(
    z.object({
      /** As a condition on the field names it; null for rows without a value. */
      key: z.nullable(z.string()),
      /** What people call it; null where the key says it itself, or where the viewer does not see what is meant. */
      label: z.nullable(z.string()),
      ...Total,
    }),
  ),
  /** There are more groups than are told. */
  hasMoreGroups: z.boolean(),
});
export type ListTotals = z.output<typeof ListTotals>;
export type ListGroup = ListTotals["groups"][number];

/** Groups that are told at most. */
export const mostGroups = 500;
