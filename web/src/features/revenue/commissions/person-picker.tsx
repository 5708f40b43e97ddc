import type { MemberId } from "@rainmaker/contracts/ids";
import { listTeams } from "@rainmaker/contracts/organization/members";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { PeoplePicker } from "#ui/people-picker";
import { peopleInReach } from "../people-in-reach.ts";

export type PersonPickerProps = {
  readonly chosen: MemberId | undefined;
  readonly onChoose: (member: MemberId | undefined) => void;
  readonly className: string;
};

/** Whose statement it is, among those whose commission the viewer may read. */
export function PersonPicker({ chosen, onChoose, className }: PersonPickerProps): ReactElement {
  const user = useUser();
  const members = useAllMembers();
  const teams = useQuery(liveQuery(listTeams, {}, ["team", "member"])).data?.items ?? [];
  const people = peopleInReach(user, user.reach["commission.read"], members, teams);
  return (
    <PeoplePicker
      label="Whose statement"
      isLabelHidden
      size="sm"
      className={className}
      name="person"
      people={people.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
      value={chosen ?? user.id}
      onChange={(id) => onChoose(id === null || id === user.id ? undefined : (id as MemberId))}
    />
  );
}
