import { MemberId, PipelineId, TeamId } from "@rainmaker/contracts/ids";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";
import { spans } from "#lib/span";

// A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const analysisSearch = z.object({
  pipeline: maybe(PipelineId),
  owner: maybe(MemberId),
  team: maybe(TeamId),
  span: maybe(z.enum(spans)),
  /** Win rates by source unless it says otherwise. */
  by: maybe(z.enum(["product", "owner"])),
  /** The figure whose opportunities are open, and which of its kind. */
  figure: maybe(z.string().check(z.maxLength(20))),
  key: maybe(z.string().check(z.maxLength(80))),
});
export type AnalysisSearch = z.output<typeof analysisSearch>;
