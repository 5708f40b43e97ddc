import { sql, type RawBuilder, type SqlBool } from "kysely";
import { withinReach, withinReachOrGranted } from "#platform/scope";
import type { RecordDefinition } from "../lists/record.ts";
import type { RecordsContext } from "../records.context.ts";
import type { PlainField } from "./bulk-target.ts";

/** A record of a chunk, locked. */
export type PlainRow = {
  readonly id: string;
  readonly ownerId: string | null;
  readonly version: number;
  /** Of the field that is changed; null where nothing is. */
  readonly value: unknown;
  /** It has to be changed by the command of one. */
  readonly isSpecial: boolean;
};

/** Locks records within the actor's reach, in the order of their ids so that two chunks cannot deadlock. */
export async function lockPlainRows(
  ctx: RecordsContext,
  record: RecordDefinition,
  ids: readonly string[],
  asked: {
    readonly field: PlainField | null;
    readonly specialWhen: string | undefined;
    readonly state: "live" | "deleted";
  },
): Promise<ReadonlyMap<string, PlainRow>> {
  const { field, specialWhen, state } = asked;
  const [id, owner] = [sql.ref("r.id"), sql.ref("r.owner_id")];
  const inSight = record.hasGrants
    ? withinReachOrGranted(ctx, record.name, id, owner)
    : withinReach(ctx, record.name, owner);
  const { rows } = await sql<PlainRow>`
    select r.id, r.owner_id as "ownerId", r.version, ${field === null ? sql`null` : asJson(field)} as value,
      ${specialWhen === undefined ? sql`false` : sql.raw(specialWhen)} as "isSpecial"
    from ${sql.table(record.table)} r where ${ofChunk(ctx, ids)} and ${inSight}
      and ${state === "live" ? sql<SqlBool>`r.deleted_at is null` : sql<SqlBool>`r.deleted_at is not null`}
    order by r.id for update`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

function asJson({ column }: PlainField): RawBuilder<unknown> {
  return sql`to_jsonb(r.${sql.ref(column)})`;
}

function ofChunk({ actor }: RecordsContext, ids: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`r.organization_id = ${actor.organizationId} and r.id = any(${[...ids]}::uuid[])`;
}

/** Gives each record its value, and a version more. */
export async function writePlainRows(
  ctx: RecordsContext,
  { table }: RecordDefinition,
  { column, type }: PlainField,
  values: readonly { readonly id: string; readonly value: unknown }[],
): Promise<void> {
  if (values.length === 0) return;
  const ids = values.map(({ id }) => id);
  await sql`
    update ${sql.table(table)} r set ${sql.ref(column)} = ${fromJson(type)}, updated_at = ${ctx.now}, version = r.version + 1
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as g(id uuid, value jsonb)
    where ${ofChunk(ctx, ids)} and g.id = r.id`.execute(ctx.tx);
}

function fromJson(type: PlainField["type"]): RawBuilder<unknown> {
  if (type === "text[]") return sql`array(select jsonb_array_elements_text(g.value))`;
  return sql`(g.value #>> '{}')::${sql.raw(type)}`;
}

/** Into the trash, or back out of it. */
export async function markPlainRows(
  ctx: RecordsContext,
  { table }: RecordDefinition,
  ids: readonly string[],
  state: "live" | "deleted",
): Promise<void> {
  if (ids.length === 0) return;
  const isDeleted = state === "deleted";
  await sql`
    update ${sql.table(table)} r set deleted_at = ${isDeleted ? ctx.now : null}, deleted_by = ${isDeleted ? ctx.actor.memberId : null},
      updated_at = ${ctx.now}, version = r.version + 1
    where ${ofChunk(ctx, ids)}`.execute(ctx.tx);
}
