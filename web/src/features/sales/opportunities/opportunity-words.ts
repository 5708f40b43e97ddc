import { priorities, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { StageKind, StageRequirement } from "@rainmaker/contracts/sales/pipelines";

type Reason = NonNullable<OpportunityCard["lostReason"]>;

export const lostReasonNames: Readonly<Record<Reason, string>> = {
  price: "Price",
  competitor: "A competitor",
  no_budget: "No budget",
  no_decision: "No decision",
  timing: "Timing",
  other: "Another reason",
};

export const priorityNames: Readonly<Record<(typeof priorities)[number], string>> = {
  low: "Low",
  medium: "Medium",
  high: "High",
};
export const priorityChoices = priorities.map((value) => ({ value, label: priorityNames[value] }));

/** The verb that leads to a stage. */
export const stageVerbs: Readonly<Record<StageKind, (name: string) => string>> = {
  open: (name) => `Move to ${name}`,
  won: () => "Mark as won",
  lost: () => "Mark as lost",
};

/** What a stage can ask for, as in "asks for a value". */
export const requirementWords: Readonly<Record<StageRequirement, string>> = {
  amount: "a value",
  customerId: "a customer",
  expectedCloseOn: "a close date",
  nextStep: "a next step",
  source: "a source",
  priority: "a priority",
  description: "a description",
  contact: "a call, meeting or mail",
};
