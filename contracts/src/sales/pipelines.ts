import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { PipelineId, StageId } from "../ids.ts";

export const stageKinds = ["open", "won", "lost"] as const;
export type StageKind = (typeof stageKinds)[number];

export const Stage = z.object({
  id: StageId,
  name: z.string(),
  kind: z.enum(stageKinds),
  position: z.int(),
  /** Chance that a sale in this stage is won, 0 to 100. */
  probability: z.int(),
  /** Usual days in this stage; longer is called out on the card. */
  normDays: z.nullable(z.int()),
});
export type Stage = z.output<typeof Stage>;

export const Pipeline = z.object({
  id: PipelineId,
  name: z.string(),
  currency: z.string(),
  isDefault: z.boolean(),
  stages: z.array(Stage),
});
export type Pipeline = z.output<typeof Pipeline>;

export const listPipelines = endpoint("GET", "/pipelines", "Pipelines with their stages", "opportunity.read", {
  reply: z.object({ items: z.array(Pipeline) }),
});
