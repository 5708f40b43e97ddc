import type { ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import type { Actor } from "#platform/context";
import { port } from "#platform/port";

export type CountInSight = { readonly entity: ScopedEntity; readonly count: number };

/** How many records of an entity somebody would see, of each that is counted. The asker sees the whole organization. */
export const countsInSight = port<{ readonly looker: Actor }, CountInSight>("counts-in-sight");
