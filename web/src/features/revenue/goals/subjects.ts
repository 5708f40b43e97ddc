import type { Member, Team } from "@rainmaker/contracts/organization/members";
import type { Reach } from "@rainmaker/contracts/organization/permissions";
import { nameOf } from "#features/organization";
import { peopleInReach, teamsInReach, type Viewer } from "../people-in-reach.ts";

/** Whose goal it can be. Teams come first: a member's goal is usually a part of theirs. */
export type Subject = {
  readonly scope: "organization" | "team" | "member";
  readonly id: string;
  readonly name: string;
  readonly detail: string;
};

/** Teams and active members whose figures the viewer sees; the organization itself for who sees everybody. */
export function goalSubjects(
  viewer: Viewer,
  reach: Reach | undefined,
  members: readonly Member[],
  teams: readonly Team[],
  organization?: { readonly id: string; readonly name: string },
): readonly Subject[] {
  const people = peopleInReach(viewer, reach, members, teams).filter(({ status }) => status === "active");
  return [
    ...(reach === "all" && organization !== undefined
      ? [{ ...organization, scope: "organization", detail: "Everybody" } as const]
      : []),
    ...teamsInReach(viewer, reach, teams).map(({ id, name }): Subject => ({ scope: "team", id, name, detail: "Team" })),
    ...people.map((member): Subject => ({
      scope: "member",
      id: member.id,
      name: nameOf(member),
      detail: member.team?.name ?? "",
    })),
  ];
}
