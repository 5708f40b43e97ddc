import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { listViews as listContract, SavedView } from "@rainmaker/contracts/records/views";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { holds, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { unknownFields } from "../lists/filter-rules.ts";
import type { RecordDefinition } from "../lists/record.ts";
import { viewableOf } from "./viewables.query.ts";

type Row = {
  id: string;
  entity: SavedView["entity"];
  name: string;
  is_shared: boolean;
  filter: SavedView["filter"];
  sort: string | null;
  columns: SavedView["columns"];
  group_by: string | null;
  default_for: string[];
  is_unpinned: boolean | null;
  owner_id: string;
  owner_name: string | null;
  owner_is_active: boolean;
  updated_at: string;
  version: number;
};

/** Own and shared ones, in the order the member gave them; new ones follow. */
export async function listViews(
  ctx: Context,
  { entity }: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const { record } = await viewableOf(ctx, entity);
  const rows = await selectViews(ctx, sql<SqlBool>`v.entity = ${entity} and v.deleted_at is null`);
  const own = rows.find(({ default_view_id: id }) => id !== null)?.default_view_id ?? null;
  const { roles } = ctx.actor;
  const ofRole = rows.find((row) => row.is_shared && row.default_for.some((role) => roles.includes(role as never)));
  const chosen = rows.some(({ id }) => id === own) ? own : (ofRole?.id ?? null);
  return {
    items: rows.map((row) => toReply(ctx, row, record)),
    defaultViewId: chosen,
  };
}

/** @throws Refusal 404 for one that is neither own nor shared */
export async function getView(ctx: Context, viewId: string): Promise<ReplyInputOfView> {
  const [row] = await selectViews(ctx, sql<SqlBool>`v.id = ${viewId} and v.deleted_at is null`);
  if (row === undefined) throw notFound("view");
  return toReply(ctx, row, (await viewableOf(ctx, row.entity)).record);
}

type ReplyInputOfView = ReplyInput<typeof listContract>["items"][number];

async function selectViews(
  ctx: Context,
  which: RawBuilder<SqlBool>,
): Promise<(Row & { default_view_id: string | null })[]> {
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<Row & { default_view_id: string | null }>`
    select v.id, v.entity, v.name, v.is_shared, v.filter, v.sort, v.columns, v.group_by, v.default_for, v.id = any(a.unpinned_ids) as is_unpinned, v.owner_id, m.name as owner_name,
      coalesce(m.status = 'active', false) as owner_is_active, v.updated_at, v.version, a.default_view_id
    from (
      select * from saved_view where organization_id = ${organizationId} and owner_id = ${memberId}
      union all
      select * from saved_view where organization_id = ${organizationId} and is_shared and owner_id <> ${memberId}
    ) v
    left join organization.member_ref m on m.organization_id = v.organization_id and m.id = v.owner_id
    left join view_arrangement a on a.organization_id = v.organization_id and a.member_id = ${memberId} and a.entity = v.entity
    where ${which}
    order by array_position(a.view_ids, v.id) nulls last, v.created_at, v.id`.execute(ctx.tx);
  return rows;
}

function toReply({ actor }: Context, row: Row, record: RecordDefinition): ReplyInputOfView {
  return {
    id: row.id,
    entity: row.entity,
    name: row.name,
    isShared: row.is_shared,
    filter: row.filter,
    sort: row.sort,
    columns: row.columns,
    groupBy: row.group_by,
    defaultFor: row.default_for,
    isPinned: row.is_unpinned !== true,
    brokenFields: unknownFields(record, row.filter),
    owner: { id: row.owner_id, name: row.owner_name ?? "" },
    // A view whose owner has left is the admins' to look after.
    mayEdit: row.owner_id === actor.memberId || (!row.owner_is_active && holds(actor, "organization.edit")),
    updatedAt: row.updated_at,
    version: row.version,
  };
}
