import { sql } from "kysely";
import type { Context } from "#platform/context";
import { numberOf, type RecordDefinition } from "../lists/record.ts";
import type { BulkRow } from "./bulk-changes.store.ts";

/** A record as a list of refusals names it. */
export type Titled = { readonly id: string; readonly number: string; readonly title: string };

/** What the records of rows are called, by row. */
export async function titlesOf(
  ctx: Context,
  record: RecordDefinition,
  rows: readonly BulkRow[],
): Promise<ReadonlyMap<number, Titled>> {
  const ids = rows.map(({ recordId }) => recordId);
  const { rows: found } = await sql<{ id: string; number: bigint; title: string }>`
    select r.id, r.number, r.${sql.ref(record.titleColumn)} as title from ${sql.table(record.table)} r
    where r.organization_id = ${ctx.actor.organizationId} and r.id = any(${ids}::uuid[])`.execute(ctx.tx);
  const known = new Map(found.map(({ id, number, title }) => [id, { id, number: numberOf(record, number), title }]));
  return new Map(
    rows.flatMap(({ row, recordId }) => {
      const titled = known.get(recordId);
      return titled === undefined ? [] : [[row, titled] as const];
    }),
  );
}
