import { MemberId } from "@rainmaker/contracts/ids";
import { Filter } from "@rainmaker/contracts/records/filters";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of the customers. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const customersSearch = z.object({
  q: maybe(z.string().check(z.maxLength(200))),
  owner: maybe(MemberId),
  industry: maybe(z.string().check(z.maxLength(80))),
  sort: maybe(z.string().check(z.maxLength(250))),
  /** A saved view, or "all" where another one would open by itself. */
  view: maybe(z.string().check(z.maxLength(36))),
  /** What differs from the view. */
  filter: maybe(Filter),
  columns: maybe(z.array(z.string().check(z.maxLength(70))).check(z.maxLength(60))),
  group: maybe(z.string().check(z.maxLength(60))),
  /** The sheet for a new one is open. */
  new: maybe(z.boolean()),
});
export type CustomersSearch = z.output<typeof customersSearch>;
