import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { listTrash as contract } from "@rainmaker/contracts/records/records";
import { sql, type SqlBool } from "kysely";
import { permissionMissing, reachFor, type Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import type { Provided } from "#platform/port";
import { withinPermission } from "#platform/scope";
import { numberOf, type RecordDefinition } from "../lists/record.ts";

type Entity = QueryOf<typeof contract>["entity"];

const definitions = new Map<string, RecordDefinition>();

/** An entity whose deleted records can be seen and brought back, listed in the `provides` of its module. */
export function provideTrash(record: RecordDefinition): Provided {
  return {
    connect: () => void definitions.set(record.name, record),
    disconnect: () => void definitions.delete(record.name),
  };
}

type Row = {
  id: string;
  number: bigint;
  title: string;
  deleted_at: string;
  deleted_by: string | null;
  deleter: string | null;
};

/** Deleted records the viewer could restore, newest first. */
export async function listTrash(ctx: Context, query: QueryOf<typeof contract>): Promise<ReplyInput<typeof contract>> {
  const record = definitionOf(query.entity);
  const permission = `${query.entity}.delete` as const;
  if (reachFor(ctx.actor, permission) === null) throw permissionMissing(permission);
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const page =
    after === null
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(r.deleted_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const { rows } = await sql<Row>`
    select r.id, r.number, ${sql.ref(`r.${record.titleColumn}`)}::text as title, r.deleted_at, r.deleted_by, m.name as deleter
    from ${sql.table(record.table)} r
    left join organization.member_ref m on m.organization_id = r.organization_id and m.id = r.deleted_by
    where r.organization_id = ${ctx.actor.organizationId} and r.deleted_at is not null and ${page}
      and r.id not in (select d.old_id from record_redirect d where d.organization_id = ${ctx.actor.organizationId} and d.entity = ${query.entity})
      and ${withinPermission(ctx, permission, sql.ref("r.owner_id"))}
    order by r.deleted_at desc, r.id desc limit ${limit + 1}`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      entity: query.entity,
      id: row.id,
      number: numberOf(record, row.number),
      title: row.title,
      deletedAt: row.deleted_at,
      deletedBy: row.deleted_by === null ? null : { id: row.deleted_by, name: row.deleter ?? "" },
    })),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.deleted_at, last.id]) : null,
  };
}

function definitionOf(entity: Entity): RecordDefinition {
  const definition = definitions.get(entity);
  if (definition === undefined) throw new RangeError(`${entity} has no trash`);
  return definition;
}
