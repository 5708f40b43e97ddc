import { customerKinds, type Customer } from "@rainmaker/contracts/sales/customers";
import { Factory } from "lucide-react";
import {
  tagField,
  useAssignField,
  useCustomFields,
  usePeopleFields,
  viewFieldsOf,
  type BulkField,
  type ViewField,
} from "#features/records";
import { useCan } from "#lib/session";

const kindNames: Readonly<Record<Customer["kind"], string>> = { company: "Company", person: "Person" };

/** Fields that customers can be filtered by. */
export function useCustomerFields(): readonly ViewField[] {
  const { owner, team } = usePeopleFields();
  const custom = useCustomFields("customer");
  return [
    { name: "name", label: "Name", kind: "text" },
    owner,
    team,
    { name: "industry", label: "Industry", kind: "text" },
    { name: "tags", label: "Tags", kind: "tags" },
    { name: "satisfaction", label: "Satisfaction", kind: "number" },
    {
      name: "kind",
      label: "Kind",
      kind: "choice",
      options: customerKinds.map((kind) => ({ value: kind, label: kindNames[kind] })),
    },
    { name: "location", label: "Location", kind: "text" },
    { name: "email", label: "E-mail", kind: "text" },
    { name: "lastInteraction", label: "Interactions", kind: "activity" },
    { name: "createdAt", label: "Added", kind: "day" },
    { name: "updatedAt", label: "Last change", kind: "day" },
    ...viewFieldsOf(custom, owner.options),
  ];
}

export const customerGroupNames = [
  { value: "ownerId", label: "Owner" },
  { value: "industry", label: "Industry" },
  { value: "kind", label: "Kind" },
  { value: "location", label: "Location" },
] as const;

/** What can be said of many customers at once, by people who may. */
export function useCustomerBulk(): readonly BulkField[] {
  const [mayEdit, mayAssign] = [useCan("customer.edit"), useCan("customer.assign")];
  const assign = useAssignField();
  const rest: readonly BulkField[] = [
    tagField,
    {
      label: "Industry",
      icon: Factory,
      prompt: "Industry",
      input: { kind: "text" },
      action: (value) => ({ kind: "set", field: "industry", value }),
    },
  ];
  return [...(mayAssign ? [assign] : []), ...(mayEdit ? rest : [])];
}
