import { customFieldDays } from "@rainmaker/contracts/records/custom-fields";
import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { Context } from "#platform/context";
import type { RecordsContext } from "../records.context.ts";
import type { CustomField } from "./custom-field.ts";

type Row = {
  id: string;
  entity: string;
  key: string;
  label: string;
  type: string;
  section: string | null;
  help: string | null;
  position: number;
  requirement: string;
  required_stage_id: string | null;
  is_unique: boolean;
  default_value: unknown;
  settings: unknown;
  options: unknown;
  version: number;
};

function toField(row: Row): CustomField {
  return {
    id: row.id,
    entity: row.entity as CustomField["entity"],
    key: row.key,
    label: row.label,
    type: row.type as CustomField["type"],
    section: row.section,
    help: row.help,
    position: row.position,
    requirement: row.requirement as CustomField["requirement"],
    requiredStageId: row.required_stage_id,
    isUnique: row.is_unique,
    defaultValue: row.default_value as CustomField["defaultValue"],
    settings: row.settings as CustomField["settings"],
    options: row.options as CustomField["options"],
    version: row.version,
  };
}

function columnsOf(field: CustomField) {
  return {
    label: field.label,
    section: field.section,
    help: field.help,
    position: field.position,
    requirement: field.requirement,
    required_stage_id: field.requiredStageId,
    is_unique: field.isUnique,
    default_value: field.defaultValue === null ? null : JSON.stringify(field.defaultValue),
    settings: JSON.stringify(field.settings),
    options: JSON.stringify(field.options),
    version: field.version,
  };
}

/** Fields of an entity that are not hidden, in their order. */
export async function listFields(ctx: Pick<Context, "tx" | "actor">, entity: CustomEntity): Promise<CustomField[]> {
  const rows = await ctx.tx
    .selectFrom("custom_field")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("entity", "=", entity)
    .where("deleted_at", "is", null)
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map(toField);
}

/** Since when a field may be hidden and still come back. */
export function hiddenSince(now: Date): string {
  return new Date(now.getTime() - customFieldDays * 86_400_000).toISOString();
}

/** Every field whose name is not free: hidden ones may come back. Locks the entity's definitions until commit. */
export async function lockDefinitions(ctx: RecordsContext, entity: CustomEntity): Promise<CustomField[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`custom fields ${ctx.actor.organizationId} ${entity}`}, 0))`.execute(
    ctx.tx,
  );
  const rows = await ctx.tx
    .selectFrom("custom_field")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("entity", "=", entity)
    .where((eb) => eb.or([eb("deleted_at", "is", null), eb("deleted_at", ">=", hiddenSince(ctx.now))]))
    .orderBy("position")
    .execute();
  return rows.map(toField);
}

/** For update. @throws Refusal 404 also for one that was hidden too long ago */
export async function lockField(
  ctx: RecordsContext,
  fieldId: string,
  which: "live" | "deleted" = "live",
): Promise<CustomField> {
  const row = await ctx.tx
    .selectFrom("custom_field")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", fieldId)
    .where((eb) => (which === "live" ? eb("deleted_at", "is", null) : eb("deleted_at", ">=", hiddenSince(ctx.now))))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("field");
  return toField(row);
}

export async function insertField(ctx: RecordsContext, field: CustomField, createdBy: string): Promise<void> {
  const now = ctx.now.toISOString();
  await ctx.tx
    .insertInto("custom_field")
    .values({
      organization_id: ctx.actor.organizationId,
      id: field.id,
      entity: field.entity,
      key: field.key,
      type: field.type,
      ...columnsOf(field),
      created_at: now,
      created_by: createdBy,
      updated_at: now,
    })
    .execute();
}

export async function saveField(ctx: RecordsContext, field: CustomField, isDeleted = false): Promise<void> {
  const now = ctx.now.toISOString();
  await ctx.tx
    .updateTable("custom_field")
    .set({ ...columnsOf(field), updated_at: now, deleted_at: isDeleted ? now : null })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", field.id)
    .execute();
}

export async function savePositions(ctx: RecordsContext, fieldIds: readonly string[]): Promise<void> {
  await sql`
    update custom_field f set position = g.place, updated_at = ${ctx.now}, version = f.version + 1
    from unnest(${[...fieldIds]}::uuid[]) with ordinality as g(id, place)
    where f.organization_id = ${ctx.actor.organizationId} and f.id = g.id and f.position <> g.place`.execute(ctx.tx);
}

/** Values that stand in more than one record, most first, each with how many. */
export async function listRepeated(
  ctx: RecordsContext,
  fieldId: string,
  most: number,
): Promise<{ value: string; count: number }[]> {
  const { rows } = await sql<{ value: string; count: bigint }>`
    select coalesce(text_value, trim_scale(number_value / 10000.0)::text) as value, count(*) as count from custom_value
    where organization_id = ${ctx.actor.organizationId} and field_id = ${fieldId}
    group by 1 having count(*) > 1 order by 2 desc, 1 limit ${most}`.execute(ctx.tx);
  return rows.map(({ value, count }) => ({ value, count: Number(count) }));
}

/** Writes the keys that the unique index holds, or takes them away, of values that are there already. */
export async function saveUniqueness(ctx: RecordsContext, { id, isUnique }: CustomField): Promise<void> {
  await sql`
    update custom_value set unique_value = ${
      isUnique ? sql`coalesce(text_value, trim_scale(number_value / 10000.0)::text)` : sql`null`
    }
    where organization_id = ${ctx.actor.organizationId} and field_id = ${id}`.execute(ctx.tx);
}
