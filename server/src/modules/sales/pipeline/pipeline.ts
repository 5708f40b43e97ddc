import type { FieldError } from "@rainmaker/contracts/problem";
import type { StageDraft } from "@rainmaker/contracts/sales/pipelines";
import { Refusal } from "#platform/errors";
import { defaultStages, type Stage } from "./stage.ts";

export type Pipeline = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly isDefault: boolean;
  readonly position: number;
  /** Instant; null while it is in use. */
  readonly archivedAt: string | null;
  readonly version: number;
};

/** Where the sales of a removed stage go. */
export type Removal = { readonly stageId: string; readonly targetStageId: string };

/** Stages as they will be, and which of those that exist are no more. */
export type StagePlan = {
  readonly stages: readonly Stage[];
  readonly addedIds: ReadonlySet<string>;
  readonly removals: readonly { readonly source: Stage; readonly target: Stage }[];
};

/**
 * A pipeline's stages after a change. Open ones come first, in the order given; one stage wins and one loses. A stage
 * that goes names an open one for its sales; ways that led to it lead there.
 * @param newId makes ids of new stages
 * @throws Refusal 422 that names each draft or removal that is wrong
 */
export function planStages(
  pipelineId: string,
  before: readonly Stage[],
  drafts: readonly StageDraft[],
  removed: readonly Removal[],
  newId: () => string,
): StagePlan {
  const known = new Map(before.map((stage) => [stage.id, stage]));
  refuse([...draftFaults(drafts, known), ...kindFaults(drafts), ...removalFaults(drafts, known, removed)]);
  const goesTo = new Map(removed.map(({ stageId, targetStageId }) => [stageId, targetStageId]));
  const addedIds = new Set<string>();
  const idOf = ({ id }: StageDraft): string => {
    if (id !== undefined) return id;
    const made = newId();
    addedIds.add(made);
    return made;
  };
  const stages = drafts
    .toSorted((a, b) => kindOrder[a.kind] - kindOrder[b.kind])
    .map((draft, position) => madeStage(draft, known.get(draft.id ?? ""), { id: idOf(draft), pipelineId, position }))
    .map((stage) => ({ ...stage, nextStageIds: waysAfter(stage.nextStageIds, goesTo) }));
  const staying = new Map(stages.map((stage) => [stage.id, stage]));
  const removals = removed.flatMap(({ stageId, targetStageId }) => {
    const [source, target] = [known.get(stageId), staying.get(targetStageId)];
    return source === undefined || target === undefined ? [] : [{ source, target }];
  });
  return { stages, addedIds, removals };
}

const kindOrder = { open: 0, won: 1, lost: 2 } as const;

function refuse(errors: readonly FieldError[]): void {
  const [first] = errors;
  if (first !== undefined) throw new Refusal("invalid", "invalid_request", first.message, { errors });
}

function draftFaults(drafts: readonly StageDraft[], known: ReadonlyMap<string, Stage>): FieldError[] {
  const ids = new Set<string>(drafts.flatMap(({ id }) => id ?? []));
  return drafts.flatMap(({ id, name, kind, nextStageIds }, place) => {
    const faults: FieldError[] = [];
    const say = (field: string, code: string, message: string): void =>
      void faults.push({ path: `stages.${place}.${field}`, code, message });
    const earlier = drafts.slice(0, place);
    const existing = known.get(id ?? "");
    if (id !== undefined && existing === undefined) say("id", "stage_unknown", "There is no such stage here");
    if (id !== undefined && earlier.some((other) => other.id === id)) say("id", "repeated", "This stage comes twice");
    if (existing !== undefined && existing.kind !== kind) say("kind", "kind_fixed", "What a stage means stays");
    if (earlier.some((other) => keyOf(other.name) === keyOf(name)))
      say("name", "name_taken", "Another stage has this name");
    const stray = (nextStageIds ?? []).some((next) => !ids.has(next) || next === id);
    if (stray) say("nextStageIds", "stage_unknown", "A sale moves on to other stages that stay");
    return faults;
  });
}

function keyOf(name: string): string {
  return name.toLowerCase();
}

function kindFaults(drafts: readonly StageDraft[]): FieldError[] {
  const count = (kind: StageDraft["kind"]): number => drafts.filter((draft) => draft.kind === kind).length;
  if (count("open") > 0 && count("won") === 1 && count("lost") === 1) return [];
  const message = "A pipeline has open stages, one for what is won and one for what is lost";
  return [{ path: "stages", code: "stage_kinds", message }];
}

function removalFaults(
  drafts: readonly StageDraft[],
  known: ReadonlyMap<string, Stage>,
  removed: readonly Removal[],
): FieldError[] {
  const staying = new Map<string, Stage["kind"]>(
    drafts.flatMap(({ id, kind }) => (id === undefined ? [] : [[id, kind] as const])),
  );
  const named = new Set(removed.map(({ stageId }) => stageId));
  const wrong = removed.flatMap(({ stageId, targetStageId }, place) => {
    const path = `removed.${place}`;
    if (!known.has(stageId) || staying.has(stageId)) {
      return [{ path: `${path}.stageId`, code: "stage_unknown", message: "This is no stage that goes" }];
    }
    if (staying.get(targetStageId) === "open") return [];
    return [
      { path: `${path}.targetStageId`, code: "stage_unknown", message: "Its sales go to an open stage that stays" },
    ];
  });
  const forgotten = [...known.values()].filter(({ id }) => !staying.has(id) && !named.has(id));
  return [
    ...wrong,
    ...forgotten.map(({ name }) => ({
      path: "removed",
      code: "target_stage_required",
      message: `Say where the sales in ${name} go`,
    })),
  ];
}

type Frame = Pick<Stage, "id" | "pipelineId" | "position">;

/** What a draft does not say stays as it was. */
function madeStage(draft: StageDraft, existing: Stage | undefined, frame: Frame): Stage {
  const plain = { normDays: null, rottingDays: null, requirements: [], nextStageIds: null };
  const { normDays, rottingDays, requirements, nextStageIds } = existing ?? plain;
  const { name, kind, probability } = draft;
  return {
    ...frame,
    name,
    kind,
    probability: kind === "won" ? 100 : kind === "lost" ? 0 : probability,
    normDays: draft.normDays === undefined ? normDays : draft.normDays,
    rottingDays: kind === "open" ? (draft.rottingDays === undefined ? rottingDays : draft.rottingDays) : null,
    requirements: [...new Set(draft.requirements ?? requirements)],
    nextStageIds: draft.nextStageIds === undefined ? nextStageIds : draft.nextStageIds,
  };
}

function waysAfter(ways: readonly string[] | null, goesTo: ReadonlyMap<string, string>): readonly string[] | null {
  if (ways === null) return null;
  return [...new Set(ways.map((way) => goesTo.get(way) ?? way))];
}

/** The stages a pipeline begins with unless told otherwise. */
export function usualStages(): StageDraft[] {
  return defaultStages.map((stage) => ({ ...stage, rottingDays: stage.normDays }));
}
