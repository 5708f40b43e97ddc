import { BriefcaseBusiness } from "lucide-react";
import { tagField, useAssignField, usePeopleFields, type BulkField, type ViewField } from "#features/records";
import { useCan } from "#lib/session";

/** Fields that contacts can be filtered by. */
export function useContactFields(): readonly ViewField[] {
  const { owner, team } = usePeopleFields();
  return [
    { name: "name", label: "Name", kind: "text" },
    { name: "title", label: "Title", kind: "text" },
    owner,
    team,
    { name: "tags", label: "Tags", kind: "tags" },
    { name: "createdAt", label: "Added", kind: "day" },
    { name: "updatedAt", label: "Last change", kind: "day" },
  ];
}

export const contactGroupNames = [
  { value: "ownerId", label: "Owner" },
  { value: "title", label: "Title" },
] as const;

/** What can be said of many contacts at once, by people who may. */
export function useContactBulk(): readonly BulkField[] {
  const [mayEdit, mayAssign] = [useCan("contact.edit"), useCan("contact.assign")];
  const assign = useAssignField();
  const rest: readonly BulkField[] = [
    tagField,
    {
      label: "Title",
      icon: BriefcaseBusiness,
      prompt: "Title",
      input: { kind: "text" },
      action: (value) => ({ kind: "set", field: "title", value }),
    },
  ];
  return [...(mayAssign ? [assign] : []), ...(mayEdit ? rest : [])];
}
