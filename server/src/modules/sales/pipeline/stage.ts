import type { StageKind } from "@rainmaker/contracts/sales/pipelines";

export type Stage = {
  readonly id: string;
  readonly pipelineId: string;
  readonly name: string;
  readonly kind: StageKind;
  readonly position: number;
  /** Chance that a sale in this stage is won, in percent. */
  readonly probability: number;
};

/** The day an opportunity counts as won, which its stage decides; null where it does not. */
export function wonOn({ closedOn }: { readonly closedOn: string | null }, { kind }: Stage): string | null {
  return kind === "won" ? closedOn : null;
}

type StageTemplate = Omit<Stage, "id" | "pipelineId" | "position"> & { readonly normDays: number | null };

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
