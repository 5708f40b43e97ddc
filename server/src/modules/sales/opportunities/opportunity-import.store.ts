import { sql } from "kysely";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { pipelineOf } from "../imports/relations.query.ts";
import { listPipelineStages } from "../pipeline/pipelines.store.ts";
import type { Stage } from "../pipeline/stage.ts";
import { toOpportunity, type OpportunityStoreRow } from "./opportunities.store.ts";
import type { Known } from "../imports/known.ts";
import type { OpportunityRow } from "./opportunity-import.ts";
import type { Opportunity } from "./opportunity.ts";

type Target = { readonly stages: readonly Stage[]; readonly firstOpen: Stage };

/** The stages rows can end in. @throws Refusal 409 in an archived pipeline, 422 where the chosen one is not there */
export async function readImportTarget(ctx: Context, options: ImportOptions): Promise<Target> {
  const rows = await listPipelineStages(ctx, pipelineOf(ctx, options));
  const firstOpen = rows.find(({ kind }) => kind === "open");
  if (firstOpen === undefined)
    throw invalidField("options.pipelineId", "pipeline_unknown", "There is no such pipeline with an open stage");
  return { stages: rows, firstOpen };
}

/** The live opportunities that have these external ids. */
export async function findExternalIds(ctx: Context, externalIds: readonly string[]): Promise<Map<string, Known>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<{ external_id: string; id: string; owner_id: string | null }>`
    select o.external_id, o.id, o.owner_id from opportunity o where o.organization_id = ${ctx.actor.organizationId}
      and o.external_id = any(${[...externalIds]}::text[]) and o.deleted_at is null`.execute(ctx.tx);
  return new Map(rows.map(({ external_id: externalId, id, owner_id: ownerId }) => [externalId, { id, ownerId }]));
}

export type ImportedOpportunity = {
  /** Line of the file. */
  readonly place: number;
  readonly id: string;
  readonly row: OpportunityRow;
  readonly rank: string;
  readonly historyId: string;
  readonly lineId: string;
};

/**
 * Inserts a chunk with stage history and products in one statement. What is closed was in its stage since that day.
 * @returns the opportunities as they are now
 */
export async function insertImported(
  ctx: Context,
  imported: readonly ImportedOpportunity[],
  options: ImportOptions,
): Promise<Opportunity[]> {
  if (imported.length === 0) return [];
  const { organizationId, memberId } = ctx.actor;
  const given = JSON.stringify(
    imported.map(({ id, row, rank, historyId, lineId }, index) => ({
      ...row,
      stageId: row.stage.id,
      amountMinor: row.amountMinor?.toString() ?? null,
      since: row.closedOn,
      id,
      rank,
      historyId,
      lineId,
      index,
    })),
  );
  const { rows } = await sql<OpportunityStoreRow>`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "index" bigint, "externalId" text, "title" text, "customerId" uuid,
        "ownerId" uuid, "productId" uuid, "stageId" uuid, "amountMinor" bigint, "openedOn" date, "expectedCloseOn" date, "closedOn" date,
        "nextStep" text, "source" text, "description" text, "rank" text, "since" date, "historyId" uuid, "lineId" uuid)
    ), first as (select ${nextNumber("opportunity", imported.length)} as number), made as (
      insert into opportunity (organization_id, id, number, owner_id, customer_id, pipeline_id, stage_id, stage_since, rank, title, amount_minor,
        currency, expected_close_on, opened_on, closed_on, next_step, source, description, external_id, created_at, created_by, updated_at, version)
      select ${organizationId}, g."id", first.number + g."index", g."ownerId", g."customerId", p.id, g."stageId",
        coalesce(g."since"::timestamp at time zone ${ctx.organization.timeZone}, ${ctx.now}), g."rank", g."title", g."amountMinor",
        ${options.currency ?? ctx.organization.currency}, g."expectedCloseOn", g."openedOn", g."closedOn", g."nextStep", g."source", g."description", g."externalId",
        ${ctx.now}, ${memberId}, ${ctx.now}, 1
      from given g, first, pipeline p where p.organization_id = ${organizationId} and p.id = ${pipelineOf(ctx, options)}
      returning *
    ), history as (
      insert into stage_history (organization_id, id, opportunity_id, owner_id, to_stage_id, moved_by, moved_at, source)
      select ${organizationId}, g."historyId", g."id", g."ownerId", g."stageId", ${memberId},
        coalesce(g."since"::timestamp at time zone ${ctx.organization.timeZone}, ${ctx.now}), 'imported' from given g
    ), lines as (
      insert into opportunity_line (organization_id, id, opportunity_id, owner_id, product_id, position)
      select ${organizationId}, g."lineId", g."id", g."ownerId", g."productId", 0 from given g where g."productId" is not null
    )
    select * from made`.execute(ctx.tx);
  return rows.map(toOpportunity);
}

/**
 * Writes a file's values over opportunities that are still open: title, value, dates, next step. An empty cell leaves
 * what is there; stages change by moves, not by files.
 */
export async function updateImported(
  ctx: Context,
  rows: readonly (OpportunityRow & { readonly id: string })[],
  options: ImportOptions,
): Promise<{ id: string; version: number }[]> {
  if (rows.length === 0) return [];
  const given = JSON.stringify(rows.map((row) => ({ ...row, amountMinor: row.amountMinor?.toString() ?? null })));
  const result = await sql<{ id: string; version: number }>`
    update opportunity o set title = g."title", amount_minor = coalesce(g."amountMinor", o.amount_minor),
      currency = case when g."amountMinor" is null then o.currency else ${options.currency ?? ctx.organization.currency} end,
      expected_close_on = coalesce(g."expectedCloseOn", o.expected_close_on), next_step = coalesce(g."nextStep", o.next_step),
      source = coalesce(g."source", o.source), description = coalesce(g."description", o.description),
      updated_at = ${ctx.now}, version = o.version + 1
    from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "title" text, "amountMinor" bigint, "expectedCloseOn" date, "nextStep" text, "source" text, "description" text)
    where o.organization_id = ${ctx.actor.organizationId} and o.id = g."id" and o.closed_on is null and o.deleted_at is null
    returning o.id, o.version`.execute(ctx.tx);
  return result.rows;
}

export type Trashed = {
  readonly id: string;
  readonly ownerId: string | null;
  readonly closedOn: string | null;
  readonly isWon: boolean;
};

/** Into the trash, where the version is still the import's. */
export async function trashImported(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
): Promise<Trashed[]> {
  if (records.length === 0) return [];
  const { organizationId, memberId } = ctx.actor;
  const { rows } = await sql<Trashed>`
    update opportunity o set deleted_at = ${ctx.now}, deleted_by = ${memberId}, updated_at = ${ctx.now}, version = o.version + 1
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(id uuid, version integer), stage s
    where o.organization_id = ${organizationId} and o.id = g.id and o.version = g.version and o.deleted_at is null
      and s.organization_id = o.organization_id and s.id = o.stage_id
    returning o.id, o.owner_id as "ownerId", o.closed_on as "closedOn", s.kind = 'won' as "isWon"`.execute(ctx.tx);
  return rows;
}
