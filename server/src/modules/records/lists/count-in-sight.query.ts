import { sql } from "kysely";
import { countsInSight, type CountInSight } from "#modules/organization";
import { reachOf, type Actor, type Context } from "#platform/context";
import { implement, type Provided } from "#platform/port";
import { withinReach, withinReachOrGranted } from "#platform/scope";
import type { RecordDefinition } from "./record.ts";

type Countable = Pick<RecordDefinition, "name" | "table" | "hasGrants"> & { readonly hasTrash: boolean };

/** Records that a preview of a role counts, listed in the `provides` of their module. */
export function provideCount(record: Countable): Provided {
  return implement(countsInSight, (ctx, { looker }) => countInSight(ctx, looker, record));
}

async function countInSight(
  ctx: Context,
  looker: Actor,
  { name, table, hasGrants, hasTrash }: Countable,
): Promise<CountInSight> {
  if (reachOf(looker, name) === null) return { entity: name, count: 0 };
  const looking = { ...ctx, actor: looker };
  const owner = sql.ref("r.owner_id");
  const inSight = hasGrants
    ? withinReachOrGranted(looking, name, sql.ref("r.id"), owner)
    : withinReach(looking, name, owner);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} r
    where r.organization_id = ${ctx.actor.organizationId} ${hasTrash ? sql`and r.deleted_at is null` : sql``} and ${inSight}`.execute(
    ctx.tx,
  );
  return { entity: name, count: rows[0]?.count ?? 0 };
}
