import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

export const closeSearch = z.object({
  /** Which statements are shown; all of them without. */
  show: otherwise(z.optional(z.enum(["disputed", "adjusted", "waiting"])), undefined),
});
export type CloseSearch = z.output<typeof closeSearch>;
