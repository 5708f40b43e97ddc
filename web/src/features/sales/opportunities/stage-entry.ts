import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage, StageRequirement } from "@rainmaker/contracts/sales/pipelines";
import { signOf } from "#lib/format";

/** What a card says, and so what a form need not ask for. The rest the server names. */
const lacks: Partial<Readonly<Record<StageRequirement, (card: OpportunityCard) => boolean>>> = {
  amount: ({ amount }) => amount === null || signOf(amount) <= 0,
  customerId: ({ customer }) => customer === null,
  expectedCloseOn: ({ expectedCloseOn }) => expectedCloseOn === null,
  nextStep: ({ nextStep }) => (nextStep ?? "").trim() === "",
  source: ({ source }) => (source ?? "").trim() === "",
  priority: ({ priority }) => priority === null,
};

/** What a stage asks for and the card lacks, as far as a form at the card can ask for it. */
export function lacksFor(card: OpportunityCard, { kind, requirements }: Stage): readonly StageRequirement[] {
  const asked: readonly StageRequirement[] = kind === "won" ? ["amount", "customerId", ...requirements] : requirements;
  return [...new Set(asked)].filter((one) => lacks[one]?.(card) === true);
}

/** Whether moving there asks for something first: closing always does. */
export function asksFirst(card: OpportunityCard, stage: Stage): boolean {
  return stage.kind !== "open" || (stage.id !== card.stage.id && lacksFor(card, stage).length > 0);
}

const eitherOf = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** Why a sale cannot go from one stage to the other, in words; null where it can. */
export function closedWay(source: Stage | undefined, target: Stage, stages: readonly Stage[]): string | null {
  const ways = source?.nextStageIds ?? null;
  if (source === undefined || ways === null || source.id === target.id || ways.includes(target.id)) return null;
  const names = stages.filter(({ id }) => ways.includes(id)).map(({ name }) => name);
  return names.length === 0 ? `${source.name} is the end` : `${source.name} leads to ${eitherOf.format(names)}`;
}
