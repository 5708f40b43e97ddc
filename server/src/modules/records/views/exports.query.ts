import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import type { RecordExport } from "./exports.store.ts";

/** An own one. @throws Refusal 404 */
export async function getExport(ctx: Context, exportId: string): Promise<RecordExport> {
  const row = await ctx.tx
    .selectFrom("record_export")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", exportId)
    .where("owner_id", "=", ctx.actor.memberId ?? "")
    .executeTakeFirst();
  if (row === undefined) throw notFound("export");
  return {
    id: row.id,
    entity: row.entity as ViewEntity,
    fileName: row.file_name,
    filter: row.filter as unknown as Filter,
    sort: row.sort,
    columns: row.columns,
    timeZone: row.time_zone,
  };
}
