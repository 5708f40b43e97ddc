import { customerKinds, type Customer } from "@rainmaker/contracts/sales/customers";
import { Tag, UserRound, Factory } from "lucide-react";
import type { BulkField, ViewField } from "#features/records";
import { nameOf, useAllMembers, useTeams } from "#features/organization";
import { useCan } from "#lib/session";

const kindNames: Readonly<Record<Customer["kind"], string>> = { company: "Company", person: "Person" };

/** Fields that customers can be filtered by. */
export function useCustomerFields(): readonly ViewField[] {
  const members = useAllMembers();
  const teams = useTeams();
  return [
    { name: "name", label: "Name", kind: "text" },
    {
      name: "ownerId",
      label: "Owner",
      kind: "person",
      options: [
        { value: "me", label: "me" },
        ...members.map((member) => ({ value: member.id, label: nameOf(member) })),
      ],
    },
    {
      name: "teamId",
      label: "Team",
      kind: "team",
      options: [{ value: "mine", label: "my team" }, ...teams.map(({ id, name }) => ({ value: id, label: name }))],
    },
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
    { name: "createdAt", label: "Added", kind: "day" },
    { name: "updatedAt", label: "Last change", kind: "day" },
  ];
}

/** What can be said of many customers at once, by people who may. */
export function useCustomerBulk(): readonly BulkField[] {
  const [mayEdit, mayAssign] = [useCan("customer.edit"), useCan("customer.assign")];
  const members = useAllMembers().filter(({ status }) => status === "active");
  const assign: BulkField = {
    label: "Assign",
    icon: UserRound,
    shortcut: "a",
    prompt: "New owner",
    input: { kind: "choice", choices: members.map((member) => ({ value: member.id, label: nameOf(member) })) },
    action: (value) => ({ kind: "set", field: "ownerId", value }),
  };
  const rest: readonly BulkField[] = [
    {
      label: "Tag",
      icon: Tag,
      shortcut: "t",
      prompt: "Tag",
      input: { kind: "tags" },
      action: (tag, isRemoved) => ({ kind: isRemoved ? "removeTags" : "addTags", tags: [tag] }),
    },
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
