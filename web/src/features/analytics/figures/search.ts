import { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";
import { spans } from "#lib/span";

// A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const figuresSearch = z.object({
  /** Sales unless it says otherwise. */
  show: maybe(z.enum(["commission", "people"])),
  by: maybe(SalesGrouping),
  span: maybe(z.enum(spans)),
  /** The group whose rows are open; "none" for the one without a key. */
  open: maybe(z.string().check(z.maxLength(40))),
});
export type FiguresSearch = z.output<typeof figuresSearch>;
