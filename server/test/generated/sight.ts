import { scopedEntities } from "@rainmaker/contracts/organization/permissions";
import type { MadeOrganization, Person } from "../make.ts";

/** Whose records there are. Ana, Cy and Mona are in one team tree, led by Mona; Dora is in a team of her own. */
export const owners = ["ana", "cy", "mona", "dora"] as const;
export type Owner = (typeof owners)[number];

/** What is looked for: records by entity, and those in states that lists tell apart. */
export const kinds = [
  ...scopedEntities,
  "trashed customer",
  "contact",
  "trashed contact",
  "interaction",
  "trashed interaction",
  "trashed opportunity",
  "waiting payment",
  "refund",
  "dispute",
  "file",
  "import",
  "export",
  "bulk change",
  "view",
] as const;
export type Kind = (typeof kinds)[number];

export type SceneRecord = { readonly id: string; readonly kind: Kind; readonly owner: Owner | null };

/** Somebody who looks, and the people whose records they see; null where they may not ask at all. */
export type Viewer = {
  readonly name: string;
  readonly person: Person;
  readonly sees: Readonly<Record<Kind | "figures", readonly (Owner | null)[] | null>>;
  /** Seen beside those: by a sale with it. */
  readonly granted: readonly string[];
};

export type Scene = {
  readonly organization: MadeOrganization;
  readonly stranger: MadeOrganization;
  readonly people: Readonly<Record<Owner, Person>>;
  readonly records: readonly SceneRecord[];
  readonly viewers: readonly Viewer[];
  readonly pipelineId: string;
  /** Verified money of each: no two sets of people add up to the same. */
  readonly verified: Readonly<Record<Owner, number>>;
};

/** Records of a kind. @throws a sentence where the scene has none, and would show nothing */
export function recordsOf({ records }: Scene, kind: Kind): SceneRecord[] {
  const found = records.filter((record) => record.kind === kind);
  if (found.length === 0) throw new Error(`Make a ${kind} for every owner in server/test/generated/scene-records.ts`);
  return found;
}

/** Ids of a kind that somebody sees; null where they may not ask. */
export function seenBy({ records }: Scene, viewer: Viewer, kind: Kind): string[] | null {
  const seen = viewer.sees[kind];
  if (seen === null) return null;
  const ids = records
    .filter((record) => record.kind === kind)
    .filter(({ id, owner }) => seen.includes(owner) || viewer.granted.includes(id))
    .map(({ id }) => id);
  return ids.toSorted();
}

/** Ids of records that somebody must not learn of. */
export function hiddenFrom(scene: Scene, viewer: Viewer): Set<string> {
  const seen = new Set(kinds.flatMap((kind) => seenBy(scene, viewer, kind) ?? []));
  return new Set(scene.records.map(({ id }) => id).filter((id) => !seen.has(id)));
}
