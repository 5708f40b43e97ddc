import { sql, type SqlBool } from "kysely";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { nextNumber } from "#modules/records";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { pipelineOf } from "../imports/relations.query.ts";
import { listPipelineStages } from "../pipeline/pipelines.store.ts";
import type { Stage } from "../pipeline/stage.ts";
import { toOpportunity, type OpportunityStoreRow } from "./opportunities.store.ts";
import type { ImportedTable } from "../imports/imported-values.store.ts";
import type { Known } from "../imports/known.ts";
import type { OpportunityRow } from "./opportunity-import.ts";
import type { Opportunity } from "./opportunity.ts";

/** Only what is still open is written over: what was closed is what it was closed as. Stages change by moves. */
export const importedOpportunities: ImportedTable = {
  name: "opportunity",
  columns: [
    "title",
    "amount_minor",
    "currency",
    "expected_close_on",
    "next_step",
    "source",
    "priority",
    "description",
    "external_id",
    "custom",
  ],
  isLive: sql<SqlBool>`(t.closed_on is null and t.deleted_at is null)`,
  hasUpdatedAt: true,
  amountColumn: "amount_minor",
};

export type KnownOpportunity = Known & { readonly isClosed: boolean };

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
export async function findExternalIds(
  ctx: Context,
  externalIds: readonly string[],
): Promise<Map<string, KnownOpportunity>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<KnownOpportunity & { readonly key: string }>`
    select o.external_id as key, o.id, o.owner_id as "ownerId", o.closed_on is not null as "isClosed" from opportunity o where o.organization_id = ${ctx.actor.organizationId}
      and o.external_id = any(${[...externalIds]}::text[]) and o.deleted_at is null`.execute(ctx.tx);
  return new Map(rows.map(({ key, ...known }) => [key, known]));
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
        "ownerId" uuid, "productId" uuid, "stageId" uuid, "amountMinor" bigint, "currency" text, "openedOn" date, "expectedCloseOn" date, "closedOn" date,
        "nextStep" text, "source" text, "priority" text, "lostReason" text, "description" text, "rank" text, "since" date, "historyId" uuid, "lineId" uuid)
    ), first as (select ${nextNumber("opportunity", imported.length)} as number), made as (
      insert into opportunity (organization_id, id, number, owner_id, customer_id, pipeline_id, stage_id, stage_since, rank, title, amount_minor,
        currency, expected_close_on, opened_on, closed_on, next_step, source, priority, lost_reason, description, external_id, created_at, created_by, updated_at, version)
      select ${organizationId}, g."id", first.number + g."index", g."ownerId", g."customerId", p.id, g."stageId",
        coalesce(g."since"::timestamp at time zone ${ctx.organization.timeZone}, ${ctx.now}), g."rank", g."title", g."amountMinor",
        coalesce(g."currency", ${options.currency ?? ctx.organization.currency}), g."expectedCloseOn", g."openedOn", g."closedOn", g."nextStep", g."source", g."priority", g."lostReason", g."description", g."externalId",
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

/** What a reader of opportunities' wins has to know of them. */
export type WinFacts = {
  readonly id: string;
  readonly ownerId: string | null;
  readonly closedOn: string | null;
  readonly isWon: boolean;
};

export async function readWins(ctx: Context, ids: readonly string[]): Promise<WinFacts[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<WinFacts>`
    select o.id, o.owner_id as "ownerId", o.closed_on as "closedOn", s.kind = 'won' as "isWon"
    from opportunity o join stage s on s.organization_id = o.organization_id and s.id = o.stage_id
    where o.organization_id = ${ctx.actor.organizationId} and o.id = any(${[...ids]}::uuid[])`.execute(ctx.tx);
  return rows;
}
