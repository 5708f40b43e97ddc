import type { StageKind, StageRequirement } from "@rainmaker/contracts/sales/pipelines";
import { Refusal } from "#platform/errors";

export type Stage = {
  readonly id: string;
  readonly pipelineId: string;
  readonly name: string;
  readonly kind: StageKind;
  readonly position: number;
  /** Chance that a sale in this stage is won, in percent. */
  readonly probability: number;
  /** Usual days in it; null where nothing is usual. */
  readonly normDays: number | null;
  /** Days without a move or a contact after which a sale in it is rotten; null for never. */
  readonly rottingDays: number | null;
  readonly requirements: readonly StageRequirement[];
  /** Where a sale may go from here; null for anywhere. */
  readonly nextStageIds: readonly string[] | null;
};

/** The day an opportunity counts as won, which its stage decides; null where it does not. */
export function wonOn({ closedOn }: { readonly closedOn: string | null }, { kind }: Stage): string | null {
  return kind === "won" ? closedOn : null;
}

const eitherOf = new Intl.ListFormat("en-GB", { type: "disjunction" });

/**
 * Refuses a way that the pipeline does not have.
 * @param stages of the pipeline, for the names of the ways there are
 * @throws Refusal 422
 */
export function refuseClosedWay(source: Stage, target: Stage, stages: readonly Stage[]): void {
  const { nextStageIds } = source;
  if (nextStageIds === null || nextStageIds.includes(target.id)) return;
  const ways = stages.filter(({ id }) => nextStageIds.includes(id)).map(({ name }) => name);
  const message =
    ways.length === 0
      ? `From ${source.name} a sale moves nowhere`
      : `From ${source.name} a sale moves to ${eitherOf.format(ways)}`;
  throw new Refusal("invalid", "transition_not_allowed", message, {
    errors: [{ path: "stageId", code: "transition_not_allowed", message }],
  });
}

type StageTemplate = Pick<Stage, "name" | "kind" | "probability" | "normDays">;

/** What a new organization's pipeline looks like. */
export const defaultStages: readonly StageTemplate[] = [
  { name: "Qualified", kind: "open", probability: 15, normDays: 14 },
  { name: "Discovery", kind: "open", probability: 30, normDays: 12 },
  { name: "Proposal", kind: "open", probability: 45, normDays: 12 },
  { name: "Negotiation", kind: "open", probability: 60, normDays: 9 },
  { name: "Closing", kind: "open", probability: 85, normDays: 7 },
  { name: "Won", kind: "won", probability: 100, normDays: null },
  { name: "Lost", kind: "lost", probability: 0, normDays: null },
];
