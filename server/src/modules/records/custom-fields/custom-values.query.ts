import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import type { CustomValues } from "@rainmaker/contracts/records/custom-values";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { withinReach, withinReachOrGranted } from "#platform/scope";
import type { RecordDefinition } from "../lists/record.ts";
import type { CustomDocument } from "./custom-document.ts";
import type { CustomField } from "./custom-field.ts";
import { customTargetOf, customTargets } from "./custom-targets.query.ts";

/**
 * The column custom of a row as replies show it: by key, without hidden fields, people and records with their names,
 * records the viewer does not see as null. An expression of the statement that reads the row.
 * @param document the column as the query names it, such as sql.ref("c.custom")
 */
export function customReply(ctx: Context, document: RawBuilder<unknown>): RawBuilder<CustomValues> {
  const { organizationId } = ctx.actor;
  const relations = customTargets().map(
    ({ record }) => sql`when ${record.name} then (select jsonb_build_object('id', x.id, 'name', ${titleOf(record)})
      from ${sql.table(record.table)} x where ${inSight(ctx, record)} and x.id = (d.value #>> '{}')::uuid)`,
  );
  return sql<CustomValues>`(select coalesce(jsonb_object_agg(f.key, case f.type
      when 'user' then (select jsonb_build_object('id', m.id, 'name', m.name) from organization.member_ref m
        where m.organization_id = ${organizationId} and m.id = (d.value #>> '{}')::uuid)
      when 'relation' then case f.settings ->> 'target' ${sql.join(relations, sql` `)} end
      else d.value end), '{}')
    from jsonb_each(${document}) d
    join custom_field f on f.organization_id = ${organizationId} and f.id = d.key::uuid and f.deleted_at is null)`;
}

function titleOf({ titleColumn }: RecordDefinition): RawBuilder<unknown> {
  return sql.ref(`x.${titleColumn}`);
}

/** Of the record x. */
function inSight(ctx: Context, { name, hasGrants }: RecordDefinition): RawBuilder<SqlBool> {
  const [id, owner] = [sql.ref("x.id"), sql.ref("x.owner_id")];
  const within = hasGrants ? withinReachOrGranted(ctx, name, id, owner) : withinReach(ctx, name, owner);
  return sql<SqlBool>`x.organization_id = ${ctx.actor.organizationId} and x.deleted_at is null and ${within}`;
}

/** Of the fields that lead to people or records those that lead to nobody, or to what the actor does not see. */
export async function listOutOfSight(
  ctx: Context,
  fields: readonly CustomField[],
  document: CustomDocument,
): Promise<CustomField[]> {
  const leading = fields.filter(({ type }) => type === "user" || type === "relation");
  if (leading.length === 0) return [];
  const questions = leading.map((field) => sql`(${leads(ctx, field, textIn(document, field.id))})`);
  const { rows } = await sql<{ found: boolean[] }>`select array[${sql.join(questions)}] as found`.execute(ctx.tx);
  return leading.filter((_, place) => rows[0]?.found[place] !== true);
}

/** Of a value that is a text or a number. */
function textIn(document: CustomDocument, fieldId: string): string {
  const value = document[fieldId];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function leads(ctx: Context, { type, settings }: CustomField, id: string): RawBuilder<SqlBool> {
  if (type === "user") {
    return sql<SqlBool>`exists (select from organization.member_ref m where m.organization_id = ${ctx.actor.organizationId}
      and m.id = ${id}::uuid and m.status = 'active')`;
  }
  const { record } = customTargetOf(settings.target as CustomEntity);
  return sql<SqlBool>`exists (select from ${sql.table(record.table)} x where ${inSight(ctx, record)} and x.id = ${id}::uuid)`;
}

/** A unique field whose value another live record has already. @param except the record itself */
export async function findTaken(
  ctx: Context,
  fields: readonly CustomField[],
  document: CustomDocument,
  except: string | null,
): Promise<CustomField | undefined> {
  const unique = fields.filter(({ isUnique }) => isUnique);
  if (unique.length === 0) return undefined;
  const texts = unique.map(({ id }) => textIn(document, id));
  const { rows } = await sql<{ field_id: string }>`
    select v.field_id from unnest(${unique.map(({ id }) => id)}::uuid[], ${texts}::text[]) as g(field_id, text)
    join custom_value v on v.organization_id = ${ctx.actor.organizationId} and v.field_id = g.field_id
      and v.unique_value = left(lower(g.text collate "und-x-icu"), 200) collate "C"
    where ${except === null ? sql`true` : sql`v.record_id <> ${except}::uuid`} limit 1`.execute(ctx.tx);
  return unique.find(({ id }) => id === rows[0]?.field_id);
}
