import { duplicateEntities, mostMerged } from "@rainmaker/contracts/sales/choices";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address. A value that cannot be read is as good as none.
const entity = otherwise(z.optional(z.enum(duplicateEntities)), undefined);

export const duplicatesSearch = z.object({ tab: entity });

export const mergeSearch = z.object({
  of: entity,
  /** The records to merge. */
  ids: otherwise(z.optional(z.array(z.uuid()).check(z.maxLength(mostMerged))), undefined),
});
