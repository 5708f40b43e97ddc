import type { MemberId } from "@rainmaker/contracts/ids";
import type { ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import type { FieldProps } from "#ui/field";
import { PeoplePicker } from "#ui/people-picker";

export type Owner = { readonly id: MemberId; readonly name: string };

type OwnerPickerProps = FieldProps<string | null> & { readonly owner: Owner | null };

/** Whose a record is to be: somebody who still works here, or whoever has it. */
export function OwnerPicker({ owner, ...field }: OwnerPickerProps): ReactElement {
  const members = useAllMembers();
  return (
    <PeoplePicker
      {...field}
      people={members
        .filter(({ status, id }) => status === "active" || id === owner?.id)
        .map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
    />
  );
}

/** Finds the person that was chosen; null stands for nobody. */
export function useOwnerOf(): (id: string | null) => Owner | null {
  const members = useAllMembers();
  return (id) => {
    const member = members.find((one) => one.id === id);
    return member === undefined ? null : { id: member.id, name: nameOf(member) };
  };
}
