import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";

/** @throws Refusal 404 */
export async function getMemberName(ctx: RevenueContext, memberId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from organization.member_ref where organization_id = ${ctx.actor.organizationId} and id = ${memberId}`.execute(
    ctx.tx,
  );
  const [member] = rows;
  if (member === undefined) throw notFound("member");
  return member.name;
}

/** Ends whatever plan somebody has on a day, and puts them on another from then on. */
export async function replaceAssignment(
  ctx: RevenueContext,
  planId: string,
  memberId: string,
  from: string,
): Promise<void> {
  const { organizationId } = ctx.actor;
  const own = sql`organization_id = ${organizationId} and member_id = ${memberId}`;
  await sql`delete from plan_assignment where ${own} and lower(during) >= ${from}::date`.execute(ctx.tx);
  await sql`update plan_assignment set during = daterange(lower(during), ${from}::date) where ${own} and during @> ${from}::date`.execute(
    ctx.tx,
  );
  await sql`insert into plan_assignment (organization_id, plan_id, member_id, during)
    values (${organizationId}, ${planId}, ${memberId}, daterange(${from}::date, null))`.execute(ctx.tx);
}

export type QuotaRecord = {
  readonly memberId: string;
  readonly month: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly version: number;
};

export async function findQuota(
  ctx: RevenueContext,
  memberId: string,
  month: string,
): Promise<QuotaRecord | undefined> {
  const row = await ctx.tx
    .selectFrom("quota")
    .select(["amount_minor", "currency", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("member_id", "=", memberId)
    .where("month", "=", month)
    .forUpdate()
    .executeTakeFirst();
  return row && { memberId, month, amountMinor: row.amount_minor, currency: row.currency, version: row.version };
}

export async function saveQuota(ctx: RevenueContext, quota: QuotaRecord): Promise<void> {
  const { organizationId, memberId } = ctx.actor;
  await sql`
    insert into quota (organization_id, member_id, month, amount_minor, currency, set_by, set_at, version)
    values (${organizationId}, ${quota.memberId}, ${quota.month}, ${quota.amountMinor}, ${quota.currency}, ${memberId}, ${ctx.now}, ${quota.version})
    on conflict (organization_id, member_id, month) do update set amount_minor = excluded.amount_minor, currency = excluded.currency,
      set_by = excluded.set_by, set_at = excluded.set_at, version = excluded.version`.execute(ctx.tx);
}

/** Whether anything was counted for somebody in a month: then what it is measured by stays. */
export async function isMonthCounted(ctx: RevenueContext, memberId: string, periodId: string): Promise<boolean> {
  const { rows } = await sql`
    select from commission_credit where organization_id = ${ctx.actor.organizationId} and owner_id = ${memberId} and period_id = ${periodId} limit 1`.execute(
    ctx.tx,
  );
  return rows.length > 0;
}

export async function insertAcceptance(ctx: RevenueContext, versionId: string, sha256: Buffer): Promise<void> {
  const { organizationId, memberId } = ctx.actor;
  await sql`
    insert into plan_acceptance (organization_id, plan_version_id, member_id, document_sha256, accepted_at)
    values (${organizationId}, ${versionId}, ${memberId}, ${sha256}, ${ctx.now}) on conflict do nothing`.execute(
    ctx.tx,
  );
}

export type NewRate = {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly rate: string;
  readonly source: string;
};

/** @returns false where the day has a rate already */
export async function insertRate(ctx: RevenueContext, { from, to, on, rate, source }: NewRate): Promise<boolean> {
  const { organizationId, memberId } = ctx.actor;
  const { numAffectedRows } = await sql`
    insert into exchange_rate (organization_id, from_currency, to_currency, on_day, rate, source, set_by, set_at)
    values (${organizationId}, ${from}, ${to}, ${on}, ${rate}, ${source}, ${memberId}, ${ctx.now}) on conflict do nothing`.execute(
    ctx.tx,
  );
  return numAffectedRows === 1n;
}
