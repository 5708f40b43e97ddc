import { sql } from "kysely";
import type { Direction } from "#modules/records";
import type { Context } from "#platform/context";
import type { ImportedTable } from "./imported-values.store.ts";
import type { VersionedId } from "./written.ts";

/**
 * Into the trash or out of it, where the version is still the one given. One whose key another record has taken
 * meanwhile stays in the trash.
 */
export async function moveImported(
  ctx: Context,
  { name }: ImportedTable,
  records: readonly VersionedId[],
  direction: Direction,
): Promise<VersionedId[]> {
  if (records.length === 0) return [];
  const { organizationId, memberId } = ctx.actor;
  const table = sql.table(name);
  const [deletedAt, deletedBy, mayMove] =
    direction === "undo"
      ? [ctx.now, memberId, sql`t.deleted_at is null`]
      : [
          null,
          null,
          sql`t.deleted_at is not null and not exists (select from ${table} o where o.organization_id = t.organization_id
            and o.external_id = t.external_id and o.deleted_at is null)`,
        ];
  const { rows } = await sql<VersionedId>`
    update ${table} t set deleted_at = ${deletedAt}::timestamptz, deleted_by = ${deletedBy}::uuid, updated_at = ${ctx.now}, version = t.version + 1
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(id uuid, version integer)
    where t.organization_id = ${organizationId} and t.id = g.id and t.version = g.version and ${mayMove}
    returning t.id, t.version`.execute(ctx.tx);
  return rows;
}

/** How records stand now, for saying why they were not moved. */
export async function readVersions(
  ctx: Context,
  { name, isLive }: ImportedTable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly version: number; readonly isLive: boolean }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; version: number; isLive: boolean }>`
    select t.id, t.version, ${isLive} as "isLive" from ${sql.table(name)} t
    where t.organization_id = ${ctx.actor.organizationId} and t.id = any(${[...ids]}::uuid[])`.execute(ctx.tx);
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}
