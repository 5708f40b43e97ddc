import { CustomerId, MemberId, PipelineId, StageId, TeamId } from "@rainmaker/contracts/ids";
import { Filter } from "@rainmaker/contracts/records/filters";
import { OpportunityView } from "@rainmaker/contracts/sales/choices";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of the pipeline. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

/** Days ahead that the filter on the close date offers. */
export const horizons = [14, 30, 90] as const;

export const pipelineSearch = z.object({
  /** The board unless said otherwise. */
  as: maybe(z.enum(["table"])),
  pipeline: maybe(PipelineId),
  view: maybe(OpportunityView),
  owner: maybe(MemberId),
  team: maybe(TeamId),
  /** Expected to close within so many days. */
  within: maybe(z.literal(horizons)),
  /** How long they have been quiet. */
  fresh: maybe(z.enum(["fresh", "warning", "rotten"])),
  /** The board as it was at the end of this day. */
  asOf: maybe(z.iso.date()),
  /** Of the table alone. */
  stage: maybe(StageId),
  /** A saved view of the table, or "all" where another one would open by itself. */
  saved: maybe(z.string().check(z.maxLength(36))),
  /** What differs from the view. */
  sort: maybe(z.string().check(z.maxLength(250))),
  filter: maybe(Filter),
  columns: maybe(z.array(z.string().check(z.maxLength(70))).check(z.maxLength(60))),
  group: maybe(z.string().check(z.maxLength(60))),
  /** The sheet for a new one is open, for this customer where one is named. */
  new: maybe(z.boolean()),
  customer: maybe(CustomerId),
});
export type PipelineSearch = z.output<typeof pipelineSearch>;
