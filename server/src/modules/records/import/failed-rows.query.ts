import type { RecordsContext } from "../records.context.ts";

/** Failed rows with their cells and the reason, in the order of the file. */
export async function listFailed(
  ctx: RecordsContext,
  importId: string,
): Promise<{ row: number; cells: string[]; field: string; code: string; message: string }[]> {
  const rows = await ctx.tx
    .selectFrom("import_row")
    .select(["row", "cells", "field", "code", "message"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("import_id", "=", importId)
    .where("state", "=", "failed")
    .orderBy("row")
    .execute();
  return rows.map(({ row, cells, field, code, message }) => ({
    row,
    cells,
    field: field ?? "",
    code: code ?? "",
    message: message ?? "",
  }));
}
