import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { ArrowRightLeft, Flag } from "lucide-react";
import { useAssignField, type BulkField } from "#features/records";
import { useCan } from "#lib/session";

/** What can be said of many opportunities at once, by people who may. */
export function useBulkFields(stages: readonly Stage[]): readonly BulkField[] {
  const [mayEdit, mayAssign] = [useCan("opportunity.edit"), useCan("opportunity.assign")];
  const set = (field: string) => (value: string) => ({ kind: "set" as const, field, value });
  const assign = useAssignField();
  const rest: readonly BulkField[] = [
    {
      label: "Stage",
      icon: ArrowRightLeft,
      prompt: "New stage",
      // Why something was lost is said of each by itself.
      input: {
        kind: "choice",
        choices: stages.filter(({ kind }) => kind !== "lost").map(({ id, name }) => ({ value: id, label: name })),
      },
      action: set("stageId"),
    },
    {
      label: "Next step",
      icon: Flag,
      prompt: "Next step",
      input: { kind: "text" },
      action: set("nextStep"),
    },
  ];
  return [...(mayAssign ? [assign] : []), ...(mayEdit ? rest : [])];
}
