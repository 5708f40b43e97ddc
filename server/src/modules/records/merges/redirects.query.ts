import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";

/**
 * The id a record has now, its own or of the one it was merged into, as a table of one row to join the record by. As a
 * condition on the record it would count as one that may leak, and no index would be used.
 */
export function nowAt(ctx: Pick<Context, "actor">, entity: string, recordId: string): RawBuilder<unknown> {
  return sql`(select coalesce((select d.new_id from record_redirect d where d.organization_id = ${ctx.actor.organizationId}
    and d.entity = ${entity} and d.old_id = ${recordId}::uuid), ${recordId}::uuid) as id offset 0)`;
}

/** Ids of the records that were merged into one, as a subquery: what happened to them happened to it. */
export function formerIds(ctx: Pick<Context, "actor">, entity: string, recordId: string): RawBuilder<unknown> {
  return sql`select d.old_id as id from record_redirect d
    where d.organization_id = ${ctx.actor.organizationId} and d.entity = ${entity} and d.new_id = ${recordId}::uuid`;
}
