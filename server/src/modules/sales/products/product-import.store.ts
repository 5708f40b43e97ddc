import { sql, type SqlBool } from "kysely";
import type { Direction } from "#modules/records";
import type { Context } from "#platform/context";
import type { ImportedTable } from "../imports/imported-values.store.ts";
import type { Known } from "../imports/known.ts";
import type { MovedRecord } from "../imports/written.ts";
import type { ProductRow } from "./product-import.ts";

export const importedProducts: ImportedTable = {
  name: "product",
  columns: ["price_minor", "currency"],
  isLive: sql<SqlBool>`true`,
  hasUpdatedAt: false,
  amountColumn: "price_minor",
};

/** Products of these names, else of names that differ in spaces or punctuation only. */
export async function findKnownProducts(
  ctx: Context,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly Known[]>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<Known & { readonly value: string; readonly isExact: boolean }>`
    with v as materialized (select distinct value, app.name_key(value) collate "C" as key from unnest(${[...names]}::text[]) as u(value))
    select v.value, p.id, null as "ownerId", p.name as label, lower(p.name) = lower(v.value) as "isExact"
    from v join product p on p.organization_id = ${ctx.actor.organizationId} and p.name_key = v.key`.execute(ctx.tx);
  return new Map(
    [...Map.groupBy(rows, ({ value }) => value)].map(([value, all]) => {
      const exact = all.filter(({ isExact }) => isExact);
      return [value, exact.length > 0 ? exact : all];
    }),
  );
}

/** A name that somebody gave to another product meanwhile makes none. @returns those that were made */
export async function insertImportedProducts(
  ctx: Context,
  products: readonly (ProductRow & { readonly id: string })[],
): Promise<{ id: string; name: string }[]> {
  if (products.length === 0) return [];
  const given = JSON.stringify(
    products.map(({ id, name, price, currency }) => ({
      id,
      name,
      price: price?.toString() ?? null,
      currency: price === null ? null : currency,
    })),
  );
  const { rows } = await sql<{ id: string; name: string }>`
    insert into product (organization_id, id, name, price_minor, currency, created_at, version)
    select ${ctx.actor.organizationId}, g.id, g.name, g.price, g.currency, ${ctx.now}, 1
    from jsonb_to_recordset(${given}::jsonb) as g(id uuid, name text, price bigint, currency text)
    on conflict do nothing returning id, name::text as name`.execute(ctx.tx);
  return rows;
}

/** Which of these products are part of a sale. */
export async function findProductsInUse(ctx: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct l.product_id as id from opportunity_line l
    where l.organization_id = ${ctx.actor.organizationId} and l.product_id = any(${[...ids]}::uuid[])`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/** Products have no trash: what an import made is removed, and kept with the import so that it can be made again. */
export async function moveImportedProducts(
  ctx: Context,
  records: readonly MovedRecord[],
  direction: Direction,
): Promise<MovedRecord[]> {
  if (records.length === 0) return [];
  const { organizationId } = ctx.actor;
  if (direction === "undo") {
    const { rows } = await sql<MovedRecord>`
      delete from product p using jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(id uuid, version integer)
      where p.organization_id = ${organizationId} and p.id = g.id and p.version = g.version
      returning p.id, p.version, to_jsonb(p) as before`.execute(ctx.tx);
    return rows;
  }
  const { rows } = await sql<MovedRecord>`
    insert into product (organization_id, id, name, price_minor, currency, created_at, version)
    select ${organizationId}, g.id, g.name, g.price_minor, g.currency, g.created_at, g.version
    from jsonb_populate_recordset(null::product, ${JSON.stringify(records.map(({ before }) => before))}::jsonb) g
    on conflict do nothing returning id, version, null as before`.execute(ctx.tx);
  return rows;
}

export async function readProductNames(ctx: Context, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name::text as name from product where organization_id = ${ctx.actor.organizationId}
      and id = any(${[...ids]}::uuid[])`.execute(ctx.tx);
  return rows;
}
