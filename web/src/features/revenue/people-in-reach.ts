import type { Member, Team } from "@rainmaker/contracts/organization/members";
import type { Reach } from "@rainmaker/contracts/organization/permissions";

export type Viewer = { readonly id: string; readonly team: { readonly id: string } | null };

/** Whose figures somebody may open, by name: as the server sees it, so that nobody is offered a refusal. */
export function peopleInReach(
  viewer: Viewer,
  reach: Reach | undefined,
  members: readonly Member[],
  teams: readonly Team[],
): readonly Member[] {
  if (reach === "all") return members;
  const seen = new Set(teamsInReach(viewer, reach, teams).map(({ id }) => id));
  return members.filter(({ id, team }) => id === viewer.id || (team !== null && seen.has(team.id)));
}

/** The teams whose people a reach takes in: the own one, those one leads, and for a tree those below them. */
export function teamsInReach(viewer: Viewer, reach: Reach | undefined, teams: readonly Team[]): readonly Team[] {
  if (reach === "all") return teams;
  if (reach !== "team" && reach !== "tree") return [];
  const own = teams.filter(({ id, leader }) => id === viewer.team?.id || leader?.id === viewer.id);
  return reach === "tree" ? withBelow(own, teams) : own;
}

function withBelow(roots: readonly Team[], teams: readonly Team[]): readonly Team[] {
  const found = new Set(roots);
  // A set that grows while it is walked: what is added is walked too, what is there is not added again.
  for (const team of found) {
    for (const other of teams) if (other.parentId === team.id) found.add(other);
  }
  return [...found];
}
