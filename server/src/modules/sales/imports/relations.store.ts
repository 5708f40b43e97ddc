import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import { rememberStages } from "../pipeline/pipelines.store.ts";
import { pipelineOf } from "./relations.query.ts";

export type Made = { readonly id: string; readonly name: string };

/** Ids are made here; a name that somebody else made meanwhile is left to the next look-up. */
function withIds(names: readonly string[]): string {
  return JSON.stringify(names.map((name, index) => ({ id: uuidv7(), name, index })));
}

/** Companies that belong to whoever imports. */
export async function insertCustomersByName(ctx: Context, names: readonly string[]): Promise<Made[]> {
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<Made>`
    insert into customer (organization_id, id, number, owner_id, name, kind, created_at, created_by, updated_at, version)
    select ${organizationId}, g.id, first.number + g.index, ${memberId}, g.name, 'company', ${ctx.now}, ${memberId}, ${ctx.now}, 1
    from jsonb_to_recordset(${withIds(names)}::jsonb) as g(id uuid, name text, index bigint),
      (select ${nextNumber("customer", names.length)} as number) first
    returning id, name::text as name`.execute(ctx.tx);
  return rows;
}

export async function insertProductsByName(ctx: Context, names: readonly string[]): Promise<Made[]> {
  const { rows } = await sql<Made>`
    insert into product (organization_id, id, name, created_at, version)
    select ${ctx.actor.organizationId}, g.id, g.name, ${ctx.now}, 1 from jsonb_to_recordset(${withIds(names)}::jsonb) as g(id uuid, name text)
    on conflict do nothing returning id, name::text as name`.execute(ctx.tx);
  return rows;
}

/** New open stages stand before the first one that wins or loses, each as likely as the one before it. */
export async function insertStagesByName(
  ctx: Context,
  names: readonly string[],
  options: ImportOptions,
): Promise<Made[]> {
  const { organizationId } = ctx.actor;
  const pipeline = pipelineOf(ctx, options);
  await sql`update stage set position = position + ${names.length} where organization_id = ${organizationId}
    and pipeline_id = ${pipeline} and kind <> 'open'`.execute(ctx.tx);
  const { rows } = await sql<Made & { pipelineId: string }>`
    insert into stage (organization_id, id, pipeline_id, name, kind, position, probability)
    select ${organizationId}, g.id, p.id, g.name, 'open',
      (select coalesce(max(s.position), -1) from stage s where s.organization_id = p.organization_id and s.pipeline_id = p.id and s.kind = 'open' and s.removed_at is null) + 1 + g.index,
      (select coalesce(min(s.probability), 10) from stage s where s.organization_id = p.organization_id and s.pipeline_id = p.id and s.kind = 'open' and s.removed_at is null)
    from jsonb_to_recordset(${withIds(names)}::jsonb) as g(id uuid, name text, index integer), pipeline p
    where p.organization_id = ${organizationId} and p.id = ${pipeline}
    on conflict do nothing returning id, name, pipeline_id as "pipelineId"`.execute(ctx.tx);
  const [made] = rows;
  if (made !== undefined) await rememberStages(ctx, made.pipelineId);
  return rows.map(({ id, name }) => ({ id, name }));
}
