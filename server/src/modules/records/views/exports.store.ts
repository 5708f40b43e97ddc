import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { RecordsContext } from "../records.context.ts";

export type RecordExport = {
  readonly id: string;
  readonly entity: ViewEntity;
  readonly fileName: string;
  readonly filter: Filter;
  readonly sort: string | null;
  /** Whose calendar its days are of; null for the organization's. */
  readonly timeZone: string | null;
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
      time_zone: made.timeZone,
      columns: [...made.columns],
      created_at: ctx.now.toISOString(),
    })
    .execute();
}
