import type { Team } from "@rainmaker/contracts/organization/members";

export type TeamNode = { readonly team: Team; readonly depth: number };

/** Teams in the order of the tree, each below its parent, by name. */
export function teamTree(teams: readonly Team[]): readonly TeamNode[] {
  const below = (parentId: string | null, depth: number): TeamNode[] =>
    teams
      .filter((team) => team.parentId === parentId)
      .toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"))
      .flatMap((team) => [{ team, depth }, ...below(team.id, depth + 1)]);
  return below(null, 0);
}

/** Teams that may stand above this one: not itself, nor any below it. */
export function possibleParents(teams: readonly Team[], teamId: string | null): readonly Team[] {
  if (teamId === null) return teams;
  const under = new Set([teamId]);
  for (const { team } of teamTree(teams)) if (team.parentId !== null && under.has(team.parentId)) under.add(team.id);
  return teams.filter(({ id }) => !under.has(id));
}
