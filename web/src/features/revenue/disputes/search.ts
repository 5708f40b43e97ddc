import { DisputeId } from "@rainmaker/contracts/ids";
import { Month } from "@rainmaker/contracts/time";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// A value that cannot be read is as good as none.
export const disputesSearch = z.object({
  /** The one that is shown. */
  dispute: otherwise(z.optional(DisputeId), undefined),
  /** Of this month's statements only. */
  month: otherwise(z.optional(Month), undefined),
});
