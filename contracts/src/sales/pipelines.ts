import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { PipelineId, StageId } from "../ids.ts";
import { stageKinds } from "./choices.ts";
import { text } from "./fields.ts";

export { stageKinds, type StageKind } from "./choices.ts";

/** What a stage can ask for: facts of the sale, and a call, meeting or mail since it entered the stage before. */
export const stageRequirements = [
  "amount",
  "customerId",
  "expectedCloseOn",
  "nextStep",
  "source",
  "priority",
  "description",
  "contact",
] as const;
export const StageRequirement = z.enum(stageRequirements);
export type StageRequirement = z.output<typeof StageRequirement>;

export const Stage = z.object({
  id: StageId,
  name: z.string(),
  kind: z.enum(stageKinds),
  position: z.int(),
  /** Chance that a sale in this stage is won, 0 to 100. */
  probability: z.int(),
  /** Usual days in this stage; longer is called out on the card. */
  normDays: z.nullable(z.int()),
  /** Days without a move or a contact after which a sale here is rotten; null for never. */
  rottingDays: z.nullable(z.int()),
  /** What a sale must say before it enters. */
  requirements: z.array(StageRequirement),
  /** Stages it may move to from here; null for any. */
  nextStageIds: z.nullable(z.array(StageId)),
});
export type Stage = z.output<typeof Stage>;

export const Pipeline = z.object({
  id: PipelineId,
  name: z.string(),
  currency: z.string(),
  isDefault: z.boolean(),
  /** Nothing is opened or moved in it any more; what stands in it can still be read. */
  isArchived: z.boolean(),
  stages: z.array(Stage),
  version: z.int(),
});
export type Pipeline = z.output<typeof Pipeline>;

export const listPipelines = endpoint("GET", "/pipelines", "Pipelines with their stages", "opportunity.read", {
  reply: z.object({ items: z.array(Pipeline) }),
});

/** Stages of one pipeline; more are no longer a board. */
export const mostStages = 30;

const Name = text(80).check(z.minLength(1));
const Days = z.nullable(z.int().check(z.minimum(1), z.maximum(3650)));

/** A stage as it shall be: one that exists by its id, a new one without. */
const StageDraft = z.strictObject({
  id: z.optional(StageId),
  name: Name,
  /** Never changes once the stage exists. */
  kind: z.enum(stageKinds),
  probability: z.int().check(z.minimum(0), z.maximum(100)),
  normDays: z.optional(Days),
  rottingDays: z.optional(Days),
  requirements: z.optional(z.array(StageRequirement).check(z.maxLength(8))),
  /** Of stages that stay; null for any. */
  nextStageIds: z.optional(z.nullable(z.array(StageId).check(z.maxLength(mostStages)))),
});
export type StageDraft = z.output<typeof StageDraft>;

const stages = z.array(StageDraft).check(z.minLength(3), z.maxLength(mostStages));

export const createPipeline = endpoint("POST", "/pipelines", "Add a pipeline", "pipeline.edit", {
  body: z.strictObject({
    name: Name,
    /** The organization's unless given. */
    currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
    /** The usual ones unless given. */
    stages: z.optional(stages),
  }),
  status: 201,
  reply: Pipeline,
});

export const updatePipeline = endpoint(
  "PATCH",
  "/pipelines/{pipelineId}",
  "Change a pipeline and its stages, all at once or not at all",
  "pipeline.edit",
  {
    params: z.strictObject({ pipelineId: PipelineId }),
    body: z.strictObject({
      name: z.optional(Name),
      isDefault: z.optional(z.literal(true)),
      isArchived: z.optional(z.boolean()),
      /** Its place among the others, from 0. */
      position: z.optional(z.int().check(z.minimum(0), z.maximum(1000))),
      /** All its stages in order. A stage that is not among them is named in `removed`. */
      stages: z.optional(stages),
      /** Where the sales of each removed stage go. */
      removed: z.optional(
        z.array(z.strictObject({ stageId: StageId, targetStageId: StageId })).check(z.maxLength(mostStages)),
      ),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Pipeline,
  },
);
