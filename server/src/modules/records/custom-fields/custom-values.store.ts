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
