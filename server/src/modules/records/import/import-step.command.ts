import { requirePermission, type Context } from "#platform/context";
import { asMember, type JobWork } from "#platform/jobs";
import { rooms } from "#platform/realtime";
import type { Import } from "./import.ts";

/** One transaction as the import's person, who may import still. */
export async function importStep<T>(work: JobWork, run: (ctx: Context) => Promise<T>): Promise<T> {
  return asMember(work, (ctx) => {
    requirePermission(ctx.actor, "import.run");
    return run(ctx);
  });
}

/** Tells the import's person how far it is. */
export function hintImport(ctx: Context, { id, ownerId }: Pick<Import, "id" | "ownerId">): void {
  ctx.hint({ entity: "import", id, version: null, rooms: [rooms.member(ownerId)] });
}
