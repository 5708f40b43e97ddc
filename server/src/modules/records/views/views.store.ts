import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { RecordsContext } from "../records.context.ts";

export type View = {
  readonly id: string;
  readonly ownerId: string;
  readonly entity: ViewEntity;
  readonly name: string;
  readonly isShared: boolean;
  readonly filter: Filter;
  readonly sort: string | null;
  readonly columns: readonly { readonly key: string; readonly width?: number | undefined }[] | null;
  readonly groupBy: string | null;
  /** Keys of roles. */
  readonly defaultFor: readonly string[];
  readonly version: number;
};

function columnsOf(view: View) {
  return {
    name: view.name,
    is_shared: view.isShared,
    filter: JSON.stringify(view.filter),
    sort: view.sort,
    columns: view.columns === null ? null : JSON.stringify(view.columns),
    group_by: view.groupBy,
    default_for: [...view.defaultFor],
    version: view.version,
  };
}

export async function insertView(ctx: RecordsContext, view: View): Promise<void> {
  const now = ctx.now.toISOString();
  await ctx.tx
    .insertInto("saved_view")
    .values({
      organization_id: ctx.actor.organizationId,
      id: view.id,
      owner_id: view.ownerId,
      entity: view.entity,
      ...columnsOf(view),
      created_at: now,
      updated_at: now,
    })
    .execute();
}

export async function saveView(ctx: RecordsContext, view: View, isDeleted = false): Promise<void> {
  await ctx.tx
    .updateTable("saved_view")
    .set({
      ...columnsOf(view),
      updated_at: ctx.now.toISOString(),
      deleted_at: isDeleted ? ctx.now.toISOString() : null,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", view.id)
    .execute();
}

/** One that the member finds, for update. @throws Refusal 404 */
export async function lockView(ctx: RecordsContext, viewId: string, which: "live" | "deleted" = "live"): Promise<View> {
  const row = await ctx.tx
    .selectFrom("saved_view")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", viewId)
    .where("deleted_at", which === "live" ? "is" : "is not", null)
    .where((eb) => eb.or([eb("owner_id", "=", ctx.actor.memberId ?? ""), eb("is_shared", "=", true)]))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("view");
  return {
    id: row.id,
    ownerId: row.owner_id,
    entity: row.entity as ViewEntity,
    name: row.name,
    isShared: row.is_shared,
    filter: row.filter as unknown as Filter,
    sort: row.sort,
    columns: row.columns as unknown as View["columns"],
    groupBy: row.group_by,
    defaultFor: row.default_for,
    version: row.version,
  };
}

export async function isActiveMember(ctx: RecordsContext, memberId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom("organization.member_ref")
    .select("status")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", memberId)
    .executeTakeFirst();
  return row?.status === "active";
}

/** Which of these the member finds. */
export async function listKnownViews(
  ctx: RecordsContext,
  entity: ViewEntity,
  viewIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await ctx.tx
    .selectFrom("saved_view")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("entity", "=", entity)
    .where("id", "=", sql<string>`any(${[...viewIds]}::uuid[])`)
    .where((eb) => eb.or([eb("owner_id", "=", ctx.actor.memberId ?? ""), eb("is_shared", "=", true)]))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

type Arrangement = {
  readonly viewIds: readonly string[];
  readonly unpinnedIds: readonly string[];
  readonly defaultViewId: string | null;
};

export async function saveArrangement(
  ctx: RecordsContext,
  entity: ViewEntity,
  { viewIds, unpinnedIds, defaultViewId }: Arrangement,
): Promise<void> {
  const arranged = { view_ids: [...viewIds], unpinned_ids: [...unpinnedIds], default_view_id: defaultViewId };
  await ctx.tx
    .insertInto("view_arrangement")
    .values({
      organization_id: ctx.actor.organizationId,
      member_id: ctx.actor.memberId ?? "",
      entity,
      ...arranged,
    })
    .onConflict((conflict) => conflict.columns(["organization_id", "member_id", "entity"]).doUpdateSet(arranged))
    .execute();
}
