// What records carry of custom fields. Their definitions are in custom-fields.ts, which few pages need.
import * as z from "zod/mini";
import { MoneyReply } from "../money.ts";

const Named = z.object({ id: z.string(), name: z.string() });

/**
 * What a record has in a custom field: text, choices by their key, days as YYYY-MM-DD, instants in UTC; money with its
 * currency; people and records with their names, null where the viewer does not see them.
 */
export const CustomValue = z.nullable(
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), MoneyReply, Named]),
);
export type CustomValue = z.output<typeof CustomValue>;

/** Values by key of their field; fields without a value are left out. */
export const CustomValues = z.record(z.string(), CustomValue);
export type CustomValues = z.output<typeof CustomValues>;

export const CustomValueInput = z.nullable(
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.string().check(z.maxLength(40))).check(z.maxLength(100)),
    z.strictObject({ amount: z.string().check(z.maxLength(40)), currency: z.string().check(z.length(3)) }),
  ]),
);
/** Values to write, by key: people and records by id; null empties a field. What each takes, its definition says. */
export const CustomInput = z.record(z.string().check(z.maxLength(40)), CustomValueInput);
export type CustomInput = z.output<typeof CustomInput>;
