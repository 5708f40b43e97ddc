import { UserRound } from "lucide-react";
import { nameOf, useAllMembers, useTeams } from "#features/organization";
import type { BulkField } from "./bulk-value.tsx";
import type { ViewField } from "./view-fields.ts";

/** Owner and team of the owner as fields to filter by: "me" and "my team" are those of whoever looks. */
export function usePeopleFields(): { readonly owner: ViewField; readonly team: ViewField } {
  const members = useAllMembers().map((member) => ({ value: member.id as string, label: nameOf(member) }));
  const teams = useTeams().map(({ id, name }) => ({ value: id as string, label: name }));
  return {
    owner: { name: "ownerId", label: "Owner", kind: "person", options: [{ value: "me", label: "me" }, ...members] },
    team: { name: "teamId", label: "Team", kind: "team", options: [{ value: "mine", label: "my team" }, ...teams] },
  };
}

/** Handing chosen rows to somebody who still works here. */
export function useAssignField(): BulkField {
  const members = useAllMembers().filter(({ status }) => status === "active");
  return {
    label: "Assign",
    icon: UserRound,
    shortcut: "a",
    prompt: "New owner",
    input: { kind: "choice", choices: members.map((member) => ({ value: member.id, label: nameOf(member) })) },
    action: (value) => ({ kind: "set", field: "ownerId", value }),
  };
}
