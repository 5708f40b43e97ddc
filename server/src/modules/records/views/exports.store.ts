import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { RecordsContext } from "../records.context.ts";

export type RecordExport = {
  readonly id: string;
  readonly entity: ViewEntity;
  readonly fileName: string;
  readonly filter: Filter;
  readonly sort: string | null;
  readonly columns: readonly string[];
};

export async function insertExport(ctx: RecordsContext, made: RecordExport): Promise<void> {
  await ctx.tx
    .insertInto("record_export")
    .values({
      organization_id: ctx.actor.organizationId,
      id: made.id,
      owner_id: ctx.actor.memberId ?? "",
      entity: made.entity,
      file_name: made.fileName,
      filter: JSON.stringify(made.filter),
      sort: made.sort,
      columns: [...made.columns],
      created_at: ctx.now.toISOString(),
    })
    .execute();
}
