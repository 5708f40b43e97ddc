import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";

/**
 * How the database writes values of a file as keys. Made before they are looked for: a function in the look-up would keep
 * it from its index, as policies stand on the table.
 * @param of the key of `u.value`
 */
export async function keysOf(
  ctx: Context,
  of: RawBuilder<string>,
  values: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ value: string; key: string | null }>`
    select u.value, ${of} as key from unnest(${[...new Set(values)]}::text[]) as u(value)`.execute(ctx.tx);
  return new Map(rows.flatMap(({ value, key }) => (key === null || key === "" ? [] : [[value, key]])));
}
