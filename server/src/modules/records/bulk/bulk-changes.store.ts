import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { RecordsContext } from "../records.context.ts";
import type { BulkChange, BulkStatus } from "./bulk-change.ts";
import type { Selected } from "../lists/ids.query.ts";
import type { Applied } from "./bulk-target.ts";

export async function insertBulkChange(
  ctx: RecordsContext,
  made: { readonly id: string; readonly entity: ViewEntity; readonly action: BulkAction; readonly filter: Filter },
  selected: readonly Selected[],
): Promise<void> {
  await ctx.tx
    .insertInto("bulk_change")
    .values({
      organization_id: ctx.actor.organizationId,
      id: made.id,
      owner_id: ctx.actor.memberId ?? "",
      entity: made.entity,
      action: JSON.stringify(made.action),
      filter: JSON.stringify(made.filter),
      status: "queued",
      total_count: selected.length,
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
  await sql`
    insert into bulk_change_row (organization_id, bulk_change_id, row, record_id, seen_version, state)
    select ${ctx.actor.organizationId}, ${made.id}, g.row, g.id, g.version, 'waiting'
    from unnest(${selected.map(({ id }) => id)}::uuid[], ${selected.map(({ version }) => version)}::integer[])
      with ordinality as g(id, version, row)`.execute(ctx.tx);
}

/** An own one, for update. @throws Refusal 404 */
export async function lockBulkChange(ctx: RecordsContext, bulkChangeId: string): Promise<BulkChange> {
  const row = await ctx.tx
    .selectFrom("bulk_change")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", bulkChangeId)
    .where("owner_id", "=", ctx.actor.memberId ?? "")
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("bulk change");
  return {
    id: row.id,
    ownerId: row.owner_id,
    entity: row.entity as ViewEntity,
    action: row.action as unknown as BulkAction,
    status: row.status as BulkStatus,
    finishedAt: row.finished_at,
  };
}

type Change = { status: BulkStatus; finishedAt?: Date; undoneAt?: Date; failure?: string };

export async function saveBulkChange(ctx: RecordsContext, bulkChangeId: string, change: Change): Promise<void> {
  await ctx.tx
    .updateTable("bulk_change")
    .set((eb) => ({
      status: change.status,
      ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt.toISOString() }),
      ...(change.undoneAt === undefined ? {} : { undone_at: change.undoneAt.toISOString() }),
      ...(change.failure === undefined ? {} : { failure: change.failure }),
      version: eb("version", "+", 1),
    }))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", bulkChangeId)
    .execute();
}

type RowState = "waiting" | "changed" | "unchanged" | "refused" | "restored" | "kept";

export type BulkRow = {
  readonly row: number;
  readonly recordId: string;
  /** Version it was chosen at; a later one means somebody edited it since. */
  readonly seenVersion: number | null;
  readonly applied: Applied | null;
};

export async function nextRows(
  ctx: RecordsContext,
  bulkChangeId: string,
  state: RowState,
  most: number,
): Promise<BulkRow[]> {
  const rows = await ctx.tx
    .selectFrom("bulk_change_row")
    .select(["row", "record_id", "seen_version", "before", "record_version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("bulk_change_id", "=", bulkChangeId)
    .where("state", "=", state)
    .orderBy("row")
    .limit(most)
    .execute();
  return rows.map(({ row, record_id: recordId, seen_version: seenVersion, before, record_version: version }) => ({
    row,
    recordId,
    seenVersion,
    applied: version === null ? null : { before: (before ?? {}) as Applied["before"], version },
  }));
}

export type RowOutcome = {
  readonly row: number;
  readonly state: RowState;
  readonly applied?: Applied | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
};

export async function saveOutcomes(
  ctx: RecordsContext,
  bulkChangeId: string,
  outcomes: readonly RowOutcome[],
): Promise<void> {
  const given = JSON.stringify(
    outcomes.map(({ row, state, applied, code, message }) => ({
      row,
      state,
      before: applied?.before ?? null,
      version: applied?.version ?? null,
      code: code ?? null,
      message: message ?? null,
    })),
  );
  await sql`
    update bulk_change_row r set state = g.state, before = coalesce(g.before, r.before),
      record_version = coalesce(g.version, r.record_version), code = g.code, message = g.message
    from jsonb_to_recordset(${given}::jsonb) as g(row integer, state text, before jsonb, version integer, code text, message text)
    where r.organization_id = ${ctx.actor.organizationId} and r.bulk_change_id = ${bulkChangeId} and r.row = g.row`.execute(
    ctx.tx,
  );
}

export async function countOutcomes(ctx: RecordsContext, bulkChangeId: string): Promise<Record<RowState, number>> {
  const rows = await ctx.tx
    .selectFrom("bulk_change_row")
    .select(["state", ({ fn }) => fn.countAll<bigint>().as("count")])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("bulk_change_id", "=", bulkChangeId)
    .groupBy("state")
    .execute();
  const counts = { waiting: 0, changed: 0, unchanged: 0, refused: 0, restored: 0, kept: 0 };
  return { ...counts, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) };
}
