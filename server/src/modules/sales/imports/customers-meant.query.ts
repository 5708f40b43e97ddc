import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";
import { withinReachOrGranted } from "#platform/scope";
import { keysOf } from "./keys.query.ts";

/** A record that a value of a file may mean. */
export type Candidate = {
  readonly id: string;
  readonly label: string;
  /** It is named by a key, or called exactly so. */
  readonly exact: boolean;
};

type Way = { readonly column: string; readonly of: RawBuilder<string>; readonly isName: boolean };

/** How a file can name a customer, each way with an index of its own. */
const ways: readonly Way[] = [
  { column: "name_key", of: sql`app.name_key(u.value)`, isName: true },
  { column: "external_id", of: sql`u.value`, isName: false },
  { column: "email_key", of: sql`case when u.value like '%@%' then lower(u.value) end`, isName: false },
  {
    column: "web_host",
    of: sql`case when u.value ~ '^[^ @]+[.][^ @]+$' then app.web_host(u.value) end`,
    isName: false,
  },
];

/** Customers in the actor's sight that these values name, by value. */
export async function customersMeant(
  ctx: Context,
  values: readonly string[],
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  const byValue = new Map<string, Map<string, Candidate>>();
  for (const way of ways) {
    const keyed = await keysOf(ctx, way.of, values);
    const found = await namedBy(ctx, way, [...new Set(keyed.values())]);
    for (const [value, key] of keyed) {
      const known = byValue.get(value) ?? new Map<string, Candidate>();
      byValue.set(value, known);
      for (const { id, label } of found.get(key) ?? []) {
        const exact = !way.isName || label.toLowerCase() === value.toLowerCase();
        known.set(id, { id, label, exact: exact || known.get(id)?.exact === true });
      }
    }
  }
  return new Map([...byValue].map(([value, known]) => [value, [...known.values()]]));
}

async function namedBy(
  ctx: Context,
  { column }: Way,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly { readonly id: string; readonly label: string }[]>> {
  if (keys.length === 0) return new Map();
  // Not a join with the values: on a table that is just being filled one is planned as a loop over all pairs.
  const { rows } = await sql<{ key: string; id: string; label: string }>`
    select t.${sql.ref(column)} as key, t.id, t.name::text as label from customer t
    where t.organization_id = ${ctx.actor.organizationId} and t.${sql.ref(column)} = any(${[...keys]}::text[]) and t.deleted_at is null
      and ${withinReachOrGranted(ctx, "customer", sql.ref("t.id"), sql.ref("t.owner_id"))}
    order by t.name, t.id`.execute(ctx.tx);
  return Map.groupBy(rows, ({ key }) => key);
}
