import { PipelineId } from "@rainmaker/contracts/ids";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

export const pipelinesSearch = z.object({
  /** The one that is changed; the default one unless said. */
  id: otherwise(z.optional(PipelineId), undefined),
  /** The sheet for a new one is open. */
  new: otherwise(z.optional(z.boolean()), undefined),
});
