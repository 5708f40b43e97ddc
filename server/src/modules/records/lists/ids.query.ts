import type { Filter } from "@rainmaker/contracts/records/filters";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { conditionsOf, scopeBranches } from "./list.query.ts";
import type { RecordDefinition } from "./record.ts";

export type Selected = { readonly id: string; readonly version: number };

/** Which records a filter means at the viewer's sight, and as of which version each. @param most further ones are not told */
export async function listSelected(
  ctx: Context,
  record: RecordDefinition,
  { filter, timeZone }: { readonly filter: Filter; readonly timeZone: string | undefined },
  most: number,
): Promise<Selected[]> {
  const conditions = conditionsOf(ctx, { record, query: { filter: JSON.stringify(filter), timeZone }, filters: {} });
  const branches = scopeBranches(ctx, record).map(
    (scope) =>
      sql`select r.id, r.version from ${sql.table(record.table)} r where ${sql.join([...conditions, scope], sql` and `)}`,
  );
  const { rows } = await sql<Selected>`
    select s.id, s.version from (${sql.join(branches, sql` union `)}) s order by s.id limit ${most}`.execute(ctx.tx);
  return rows;
}
