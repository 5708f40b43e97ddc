import { ProductId } from "@rainmaker/contracts/ids";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const productsSearch = z.object({
  /** Part of a name. */
  q: maybe(z.string()),
  /** The sheet is open: for a new product, or for this one. */
  edit: maybe(z.union([z.literal("new"), ProductId])),
});
export type ProductsSearch = z.output<typeof productsSearch>;
