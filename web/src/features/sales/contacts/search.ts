import { CustomerId, MemberId } from "@rainmaker/contracts/ids";
import { Filter } from "@rainmaker/contracts/records/filters";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of the contacts. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const contactsSearch = z.object({
  q: maybe(z.string().check(z.maxLength(200))),
  owner: maybe(MemberId),
  tag: maybe(z.string().check(z.maxLength(40))),
  sort: maybe(z.string().check(z.maxLength(250))),
  /** A saved view, or "all" where another one would open by itself. */
  view: maybe(z.string().check(z.maxLength(36))),
  /** What differs from the view. */
  filter: maybe(Filter),
  columns: maybe(z.array(z.string().check(z.maxLength(70))).check(z.maxLength(60))),
  group: maybe(z.string().check(z.maxLength(60))),
  /** The sheet for a new one is open. */
  new: maybe(z.boolean()),
  /** Where a new one works. */
  customer: maybe(CustomerId),
});
export type ContactsSearch = z.output<typeof contactsSearch>;
