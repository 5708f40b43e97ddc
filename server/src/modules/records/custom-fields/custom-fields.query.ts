import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  createCustomField as fieldContract,
  listCustomFields as listContract,
  readCustomFieldUsage as usageContract,
} from "@rainmaker/contracts/records/custom-fields";
import { customName } from "@rainmaker/contracts/records/custom-types";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { reachOf, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { hiddenSince } from "./custom-fields.store.ts";

type Reply = ReplyInput<typeof fieldContract>;

type Row = {
  id: string;
  entity: Reply["entity"];
  key: string;
  label: string;
  type: Reply["type"];
  section: string | null;
  help: string | null;
  position: number;
  requirement: Reply["requirement"];
  required_stage_id: string | null;
  is_unique: boolean;
  default_value: Reply["defaultValue"];
  settings: Reply["settings"];
  options: Reply["options"];
  created_at: string;
  created_by: string;
  creator: string | null;
  deleted_at: string | null;
  version: number;
};

/** Fields of an entity for whoever sees its records. */
export async function listCustomFields(
  ctx: Context,
  { entity, hidden }: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  if (reachOf(ctx.actor, entity) === null) return { items: [] };
  const states = [sql`f.deleted_at is null`];
  if (hidden === "true") states.push(sql`f.deleted_at >= ${hiddenSince(ctx.now)}::timestamptz`);
  return { items: await selectFields(ctx, sql`f.entity = ${entity} and (${sql.join(states, sql` or `)})`) };
}

/** @throws Refusal 404 */
export async function getCustomField(ctx: Context, fieldId: string): Promise<Reply> {
  const [field] = await selectFields(ctx, sql`f.id = ${fieldId} and f.deleted_at is null`);
  if (field === undefined) throw notFound("field");
  return field;
}

async function selectFields(ctx: Context, which: RawBuilder<unknown>): Promise<Reply[]> {
  const { rows } = await sql<Row>`
    select f.id, f.entity, f.key, f.label, f.type, f.section, f.help, f.position, f.requirement, f.required_stage_id, f.is_unique,
      f.default_value, f.settings, f.options, f.created_at, f.created_by, m.name as creator, f.deleted_at, f.version
    from custom_field f
    left join organization.member_ref m on m.organization_id = f.organization_id and m.id = f.created_by
    where f.organization_id = ${ctx.actor.organizationId} and ${which} order by f.position, f.id`.execute(ctx.tx);
  return rows.map((row) => ({
    id: row.id,
    entity: row.entity,
    key: row.key,
    label: row.label,
    type: row.type,
    section: row.section,
    help: row.help,
    position: row.position,
    requirement: row.requirement,
    requiredStageId: row.required_stage_id,
    isUnique: row.is_unique,
    defaultValue: row.default_value,
    settings: row.settings,
    options: row.options,
    createdAt: row.created_at,
    createdBy: { id: row.created_by, name: row.creator ?? "" },
    deletedAt: row.deleted_at,
    version: row.version,
  }));
}

type Usage = ReplyInput<typeof usageContract>;
type ViewUse = { id: string; name: string; is_shared: boolean; is_own: boolean };

/** @throws Refusal 404 */
export async function readUsage(ctx: Context, fieldId: string): Promise<Usage> {
  const field = await getCustomField(ctx, fieldId);
  const { rows } = await sql<{ choice: string | null; count: bigint; filled: bigint }>`
    select case when ${field.options.length > 0} then text_value end as choice, count(*) as count,
      sum(count(distinct record_id) filter (where position = 0)) over () as filled
    from custom_value where organization_id = ${ctx.actor.organizationId} and field_id = ${fieldId} group by 1`.execute(
    ctx.tx,
  );
  const views = await viewsUsing(ctx, field);
  const seen = views.filter(({ is_shared: isShared, is_own: isOwn }) => isShared || isOwn);
  return {
    filled: Number(rows[0]?.filled ?? 0),
    byOption: Object.fromEntries(
      rows.flatMap(({ choice, count }) => (choice === null ? [] : [[choice, Number(count)]])),
    ),
    views: seen.map(({ id, name, is_shared: isShared }) => ({ id, name, isShared })),
    privateViews: views.length - seen.length,
  };
}

/** Saved views of everybody that name the field in a condition, an order or a column. */
export async function viewsUsing(
  ctx: Pick<Context, "tx" | "actor">,
  { entity, key }: Pick<Reply, "entity" | "key">,
): Promise<ViewUse[]> {
  const name = customName(key);
  const named = (column: string, path: string): RawBuilder<SqlBool> =>
    sql<SqlBool>`jsonb_path_exists(${sql.ref(column)}, ${path}::jsonpath, jsonb_build_object('name', ${name}::text))`;
  const { rows } = await sql<ViewUse>`
    select v.id, v.name, v.is_shared, v.owner_id = ${ctx.actor.memberId} as is_own from saved_view v
    where v.organization_id = ${ctx.actor.organizationId} and v.entity = ${entity} and v.deleted_at is null
      and (${named("v.filter", "$.**.field ? (@ == $name)")} or ${named("v.columns", "$[*].key ? (@ == $name)")}
        or v.sort in (${name}, ${`-${name}`}))
    order by v.is_shared desc, v.name, v.id`.execute(ctx.tx);
  return rows;
}
