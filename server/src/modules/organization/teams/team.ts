import { invalidField } from "#platform/errors";

export type Team = {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly leaderId: string | null;
  readonly version: number;
};

/**
 * A team is never below itself, whatever the way round.
 * @param parents the parent of each team of the organization
 */
export function refuseCycle(
  teamId: string,
  parentId: string | null,
  parents: ReadonlyMap<string, string | null>,
): void {
  const seen = new Set<string>([teamId]);
  for (let above = parentId; above !== null; above = parents.get(above) ?? null) {
    if (seen.has(above)) throw invalidField("parentId", "team_cycle", "A team cannot be below itself");
    seen.add(above);
  }
}
