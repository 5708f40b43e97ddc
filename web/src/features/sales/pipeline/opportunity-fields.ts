import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { useCustomFields, usePeopleFields, viewFieldsOf, type ViewField } from "#features/records";
import { priorityChoices } from "../opportunities/opportunity-words.ts";

const kinds = [
  { value: "open", label: "open" },
  { value: "won", label: "won" },
  { value: "lost", label: "lost" },
];

/** Fields that opportunities can be filtered by, and put together by. */
export function useOpportunityFields(stages: readonly Stage[]): readonly ViewField[] {
  const { owner, team } = usePeopleFields();
  const custom = useCustomFields("opportunity");
  return [
    { name: "title", label: "Opportunity", kind: "text" },
    {
      name: "stageId",
      label: "Stage",
      kind: "choice",
      options: stages.map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: "stageKind", label: "State", kind: "choice", options: kinds },
    owner,
    team,
    { name: "amount", label: "Value", kind: "money" },
    { name: "expectedCloseOn", label: "Closes", kind: "day" },
    { name: "closedOn", label: "Closed", kind: "day" },
    { name: "lastInteraction", label: "Interactions", kind: "activity" },
    { name: "quietSince", label: "Quiet since", kind: "day" },
    { name: "nextStep", label: "Next step", kind: "text" },
    { name: "nextStepOn", label: "Next step on", kind: "day" },
    { name: "source", label: "Source", kind: "text" },
    { name: "priority", label: "Priority", kind: "choice", options: priorityChoices },
    { name: "customerIndustry", label: "Customer's industry", kind: "text" },
    { name: "customerTags", label: "Customer's tags", kind: "tags" },
    { name: "stageSince", label: "In stage since", kind: "day" },
    { name: "createdAt", label: "Added", kind: "day" },
    { name: "updatedAt", label: "Last change", kind: "day" },
    ...viewFieldsOf(custom, owner.options),
  ];
}

export const opportunityGroupNames = [
  { value: "stageId", label: "Stage" },
  { value: "ownerId", label: "Owner" },
  { value: "customerId", label: "Customer" },
  { value: "expectedCloseOn", label: "Month of closing" },
  { value: "closedOn", label: "Month closed" },
  { value: "source", label: "Source" },
  { value: "priority", label: "Priority" },
] as const;
