import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import type { WrittenValues } from "./written.ts";

/** A table that files are written into: what they may write, and which rows are there. */
export type ImportedTable = {
  readonly name: "customer" | "contact" | "opportunity" | "interaction" | "product";
  /** Columns a file gives values for. */
  readonly columns: readonly string[];
  /** Of the row `t`: whether it may be written over. */
  readonly isLive: RawBuilder<SqlBool>;
  readonly hasUpdatedAt: boolean;
  /** The amount that its column `currency` belongs to: the two are filled in together. */
  readonly amountColumn?: string;
};

export type NewValues = {
  readonly id: string;
  /** By column; null clears. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Only where nothing stands yet. */
  readonly isFilling?: boolean;
  /** Something else about it was changed: it gets a new version even where all values are the same. */
  readonly isTouched?: boolean;
  /** Version it must still have. */
  readonly version?: number;
};

/**
 * Writes values over records and says what they replaced. A key of another system is only ever filled in: a record keeps
 * the one it has. Records that are not there, or at another version, are left out of the answer.
 */
export async function writeValues(
  ctx: Context,
  table: ImportedTable,
  rows: readonly NewValues[],
): Promise<WrittenValues[]> {
  const keepsKey = sql<SqlBool>`(o."isFilling" or k.key = 'external_id')`;
  const asked = sql`case k.key when 'currency' then ${table.amountColumn ?? "currency"} else k.key end`;
  return overwrite(ctx, table, rows, sql<SqlBool>`(not ${keepsKey} or o.was -> (${asked}) in ('null', '""', '[]'))`);
}

/** Puts values back as they were, or on again: the answer's `before` is what doing the opposite takes. */
export async function swapValues(
  ctx: Context,
  table: ImportedTable,
  rows: readonly NewValues[],
): Promise<WrittenValues[]> {
  return overwrite(ctx, table, rows, sql<SqlBool>`true`);
}

async function overwrite(
  ctx: Context,
  { name, columns, isLive, hasUpdatedAt }: ImportedTable,
  rows: readonly NewValues[],
  isWritten: RawBuilder<SqlBool>,
): Promise<WrittenValues[]> {
  if (rows.length === 0) return [];
  const { organizationId } = ctx.actor;
  const table = sql.table(name);
  const given = JSON.stringify(
    rows.map(({ id, values, isFilling = false, isTouched = false, version }) => ({
      id,
      sets: values,
      isFilling,
      isTouched,
      version: version ?? null,
    })),
  );
  const sets = columns.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`);
  // Compared as the table would hold them: "100" and 100 are one amount.
  const result = await sql<WrittenValues>`
    with old as materialized (
      select t.id, t.version, to_jsonb(t) as was, to_jsonb(jsonb_populate_record(t, g.sets)) as next, g.sets, g."isFilling", g."isTouched"
      from ${table} t join jsonb_to_recordset(${given}::jsonb) as g(id uuid, sets jsonb, "isFilling" boolean, "isTouched" boolean, version integer) on g.id = t.id
      where t.organization_id = ${organizationId} and ${isLive} and t.version = coalesce(g.version, t.version) for update of t
    ), changing as materialized (
      select o.id, o.was || coalesce(d.next, '{}') as next, coalesce(d.before, '{}') as before
      from old o, lateral (
        select jsonb_object_agg(k.key, o.next -> k.key) as next, jsonb_object_agg(k.key, o.was -> k.key) as before
        from jsonb_object_keys(o.sets) as k(key) where o.next -> k.key is distinct from o.was -> k.key and ${isWritten}
      ) d where d.next is not null or o."isTouched"
    ), changed as (
      update ${table} t set ${sql.join(sets)}, version = t.version + 1 ${hasUpdatedAt ? sql`, updated_at = ${ctx.now}` : sql``}
      from changing c, jsonb_populate_record(null::${table}, c.next) r
      where t.organization_id = ${organizationId} and t.id = c.id
      returning t.id, t.version, c.before
    )
    select o.id, coalesce(c.version, o.version) as version, c.before from old o left join changed c on c.id = o.id`.execute(
    ctx.tx,
  );
  return result.rows;
}
