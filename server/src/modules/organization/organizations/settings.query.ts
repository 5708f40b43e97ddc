import type { OrganizationContext } from "../organization.context.ts";
import { toSettings, type StoredSettings } from "./organizations.store.ts";

export async function readSettings(ctx: OrganizationContext): Promise<StoredSettings> {
  const row = await ctx.tx
    .selectFrom("organization")
    .selectAll()
    .where("id", "=", ctx.actor.organizationId)
    .executeTakeFirstOrThrow();
  return toSettings(row);
}
