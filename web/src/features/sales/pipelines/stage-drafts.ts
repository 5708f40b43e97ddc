import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { StageId } from "@rainmaker/contracts/ids";
import type {
  Pipeline,
  Stage,
  StageKind,
  StageRequirement,
  updatePipeline,
} from "@rainmaker/contracts/sales/pipelines";

/** A stage as it stands in the form: numbers as they are typed. */
export type StageValue = {
  /** Its id, or one of this form's for a new one. */
  readonly key: string;
  readonly id: StageId | undefined;
  readonly name: string;
  readonly kind: StageKind;
  readonly probability: string;
  readonly normDays: string;
  readonly rottingDays: string;
  readonly requirements: readonly StageRequirement[];
  readonly nextStageIds: readonly StageId[] | null;
};

type Removal = { readonly stageId: StageId; readonly name: string; readonly targetStageId: StageId };

/** A pipeline that is being changed; nothing of it counts before it is saved. */
export type PipelineDraft = {
  readonly name: string;
  readonly stages: readonly StageValue[];
  readonly removed: readonly Removal[];
};

export function draftOf({ name, stages }: Pipeline): PipelineDraft {
  return { name, stages: stages.map(valueOf), removed: [] };
}

function valueOf({
  id,
  name,
  kind,
  probability,
  normDays,
  rottingDays,
  requirements,
  nextStageIds,
}: Stage): StageValue {
  const text = (days: number | null): string => (days === null ? "" : String(days));
  const numbers = { probability: String(probability), normDays: text(normDays), rottingDays: text(rottingDays) };
  return { key: id, id, name, kind, ...numbers, requirements, nextStageIds };
}

/** A new open stage stands after the last open one, and is as likely as that. */
export function withNewStage(draft: PipelineDraft, key: string): PipelineDraft {
  const at = draft.stages.filter(({ kind }) => kind === "open").length;
  const probability = draft.stages[at - 1]?.probability ?? "10";
  const plain = { normDays: "", rottingDays: "", requirements: [], nextStageIds: null };
  const stage: StageValue = { key, id: undefined, name: "", kind: "open", probability, ...plain };
  return { ...draft, stages: draft.stages.toSpliced(at, 0, stage) };
}

export function withStage(draft: PipelineDraft, key: string, changes: Partial<StageValue>): PipelineDraft {
  return { ...draft, stages: draft.stages.map((stage) => (stage.key === key ? { ...stage, ...changes } : stage)) };
}

/** One place up or down among the open stages; the same draft at an end. */
export function withStageMoved(draft: PipelineDraft, key: string, by: -1 | 1): PipelineDraft {
  const at = draft.stages.findIndex((stage) => stage.key === key);
  const [stage, other] = [draft.stages[at], draft.stages[at + by]];
  if (stage === undefined || other === undefined || stage.kind !== "open" || other.kind !== "open") return draft;
  return { ...draft, stages: draft.stages.with(at, other).with(at + by, stage) };
}

/** Takes a stage out; where it has been in use, its opportunities go to the target. */
export function withoutStage(draft: PipelineDraft, key: string, targetStageId: StageId | undefined): PipelineDraft {
  const gone = draft.stages.find((stage) => stage.key === key);
  const stages = draft.stages.filter((stage) => stage.key !== key).map((stage) => withoutWay(stage, gone?.id));
  if (gone?.id === undefined || targetStageId === undefined) return { ...draft, stages };
  const removal = { stageId: gone.id, name: gone.name, targetStageId };
  // What went to this stage goes on to where its own go.
  const removed = draft.removed.map((one) => (one.targetStageId === gone.id ? { ...one, targetStageId } : one));
  return { ...draft, stages, removed: [...removed, removal] };
}

function withoutWay(stage: StageValue, gone: StageId | undefined): StageValue {
  const { nextStageIds } = stage;
  return nextStageIds === null ? stage : { ...stage, nextStageIds: nextStageIds.filter((id) => id !== gone) };
}

/** Puts a removed stage back where it stood. */
export function withStageKept(draft: PipelineDraft, stageId: StageId, before: Pipeline): PipelineDraft {
  const at = before.stages.findIndex(({ id }) => id === stageId);
  const stage = before.stages[at];
  if (stage === undefined) return draft;
  const removed = draft.removed.filter((one) => one.stageId !== stageId);
  return { ...draft, stages: draft.stages.toSpliced(at, 0, valueOf(stage)), removed };
}

export function isChanged(draft: PipelineDraft, before: Pipeline): boolean {
  return JSON.stringify(draft) !== JSON.stringify(draftOf(before));
}

/** What is sent. What is no number goes out as it is, for the contract to refuse with a sentence. */
export function bodyOf({ name, stages, removed }: PipelineDraft): Omit<BodyOf<typeof updatePipeline>, "seenVersion"> {
  return {
    name,
    stages: stages.map((stage) => ({
      ...(stage.id !== undefined && { id: stage.id }),
      name: stage.name,
      kind: stage.kind,
      probability: Number(stage.probability.trim() === "" ? "NaN" : stage.probability),
      normDays: daysOf(stage.normDays),
      rottingDays: daysOf(stage.rottingDays),
      requirements: [...stage.requirements],
      nextStageIds: stage.nextStageIds === null ? null : [...stage.nextStageIds],
    })),
    removed: removed.map(({ stageId, targetStageId }) => ({ stageId, targetStageId })),
  };
}

function daysOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
