import { sql } from "kysely";
import type { Context } from "#platform/context";
import type { CustomDocument } from "./custom-document.ts";
import type { CustomField } from "./custom-field.ts";

/** The next automatic numbers for a new record, or the first of so many; their counters stay locked until commit. */
export async function takeNumbers(ctx: Context, fields: readonly CustomField[], howMany = 1): Promise<CustomDocument> {
  const numbered = fields.filter(({ type }) => type === "auto_number");
  if (numbered.length === 0) return {};
  const taken = numbered.map(({ id }) => sql`app.take_number(${`custom ${id}`}::text, ${howMany}::bigint)`);
  const { rows } = await sql<{ numbers: string[] }>`select array[${sql.join(taken)}]::text[] as numbers`.execute(
    ctx.tx,
  );
  return Object.fromEntries(numbered.map(({ id }, place) => [id, Number(rows[0]?.numbers[place])]));
}

export type DocumentWrite = {
  readonly id: string;
  readonly document: CustomDocument;
  /** Fields to empty. */
  readonly cleared: readonly string[];
  /** Only where nothing stands yet. */
  readonly isFilling: boolean;
  /** Made in this transaction: it keeps its version. */
  readonly isNew: boolean;
};

/**
 * Writes values over those of records, set-based. A unique value that another record has is left out.
 * @returns of records that became different, their version and what they had
 */
export async function writeDocuments(
  ctx: Context,
  table: string,
  writes: readonly DocumentWrite[],
): Promise<ReadonlyMap<string, { readonly version: number; readonly before: CustomDocument }>> {
  const told = writes.filter(({ document, cleared }) => Object.keys(document).length > 0 || cleared.length > 0);
  if (told.length === 0) return new Map();
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string; version: number; before: CustomDocument }>`
    with given as materialized (
      select g.id, g."isFilling", g."isNew", g.cleared, coalesce((
        select jsonb_object_agg(d.key, d.value) from jsonb_each(g.document) d
        where not exists (select from custom_value v where v.organization_id = ${organizationId} and v.field_id = d.key::uuid
          and v.unique_value = left(lower(d.value #>> '{}' collate "und-x-icu"), 200) collate "C" and v.record_id <> g.id)), '{}') as document
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as g(id uuid, document jsonb, cleared text[], "isFilling" boolean, "isNew" boolean)
    ), next as (
      select t.id, t.custom as before, case when g."isFilling" then g.document || t.custom else (t.custom - g.cleared) || g.document end as custom, g."isNew"
      from given g join ${sql.table(table)} t on t.organization_id = ${organizationId} and t.id = g.id
    )
    update ${sql.table(table)} t set custom = n.custom, version = t.version + case when n."isNew" then 0 else 1 end, updated_at = ${ctx.now}
    from next n where t.organization_id = ${organizationId} and t.id = n.id and n.custom <> n.before
    returning t.id, t.version, n.before`.execute(ctx.tx);
  return new Map(rows.map(({ id, version, before }) => [id, { version, before }]));
}
