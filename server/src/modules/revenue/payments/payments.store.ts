import { sql } from "kysely";
import { nextNumber } from "#modules/records";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import { toDeal } from "../deals/deals.store.ts";
import type { Deal } from "../deals/deal.ts";
import type { RevenueContext } from "../revenue.context.ts";
import type { Payment } from "./payment.ts";

/** @returns the payment with its number */
export async function insertPayment(ctx: RevenueContext, payment: Omit<Payment, "number">): Promise<Payment> {
  const { number } = await ctx.tx
    .insertInto("payment")
    .values({
      organization_id: ctx.actor.organizationId,
      id: payment.id,
      number: nextNumber("payment"),
      owner_id: payment.ownerId,
      deal_id: payment.dealId,
      customer_id: payment.customerId,
      amount_minor: payment.amountMinor,
      currency: payment.currency,
      method: payment.method,
      value_on: payment.valueOn,
      reference: payment.reference,
      status: payment.status,
      recorded_by: payment.recordedBy,
      credit_of: payment.creditOf,
      created_at: ctx.now.toISOString(),
      version: payment.version,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  return { ...payment, number };
}

/**
 * Locks the deal, then the payment, within the actor's reach: this order everywhere, so that two decisions on one deal
 * cannot deadlock.
 * @throws Refusal 404
 */
export async function lockDealAndPayment(
  ctx: RevenueContext,
  paymentId: string,
): Promise<{ deal: Deal; payment: Payment }> {
  const { organizationId } = ctx.actor;
  const found = await ctx.tx
    .selectFrom("payment")
    .select("deal_id")
    .where("organization_id", "=", organizationId)
    .where("id", "=", paymentId)
    .where((eb) => withinReach(ctx, "payment", eb.ref("owner_id")))
    .executeTakeFirst();
  if (found === undefined) throw notFound("payment");
  const deal = await ctx.tx
    .selectFrom("deal")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", found.deal_id)
    .forUpdate()
    .executeTakeFirst();
  const row = await ctx.tx
    .selectFrom("payment")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", paymentId)
    .forUpdate()
    .executeTakeFirst();
  if (deal === undefined || row === undefined) throw notFound("payment");
  return { deal: toDeal(deal), payment: toPayment(row) };
}

/** Within the actor's reach; locks nothing. @throws Refusal 404 */
export async function getStoredPayment(ctx: RevenueContext, paymentId: string): Promise<Payment> {
  const row = await ctx.tx
    .selectFrom("payment")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", paymentId)
    .where((eb) => withinReach(ctx, "payment", eb.ref("owner_id")))
    .executeTakeFirst();
  if (row === undefined) throw notFound("payment");
  return toPayment(row);
}

type Row = {
  id: string;
  number: bigint;
  owner_id: string;
  deal_id: string;
  customer_id: string;
  amount_minor: bigint;
  currency: string;
  method: string;
  value_on: string;
  reference: string | null;
  status: string;
  recorded_by: string;
  submitted_by: string | null;
  submitted_at: string | null;
  question: string | null;
  refunded_minor: bigint;
  counted_minor: bigint;
  applied_minor: bigint;
  transferred_minor: bigint;
  credit_of: string | null;
  version: number;
};

function toPayment(row: Row): Payment {
  return {
    id: row.id,
    number: row.number,
    ownerId: row.owner_id,
    dealId: row.deal_id,
    customerId: row.customer_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    method: row.method,
    valueOn: row.value_on,
    reference: row.reference,
    status: row.status as Payment["status"],
    recordedBy: row.recorded_by,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    question: row.question,
    refundedMinor: row.refunded_minor,
    countedMinor: row.counted_minor,
    appliedMinor: row.applied_minor,
    transferredMinor: row.transferred_minor,
    creditOf: row.credit_of,
    version: row.version,
  };
}

export async function savePayment(ctx: RevenueContext, payment: Payment): Promise<void> {
  await ctx.tx
    .updateTable("payment")
    .set({
      amount_minor: payment.amountMinor,
      method: payment.method,
      value_on: payment.valueOn,
      reference: payment.reference,
      status: payment.status,
      submitted_by: payment.submittedBy,
      submitted_at: payment.submittedAt,
      question: payment.question,
      version: payment.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", payment.id)
    .execute();
}

/** Takes a draft away that was never sent, and its files with it. */
export async function deleteDraft(ctx: RevenueContext, paymentId: string): Promise<void> {
  await ctx.tx
    .deleteFrom("payment")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", paymentId)
    .execute();
}

export type Submission = {
  readonly evidence: readonly Buffer[];
  /** How many verifiers have to agree. */
  readonly approvals: number;
  readonly answer: string | null;
};

/** What is sent to be verified, as it is sent: a decision points at exactly this. */
export async function insertSubmission(
  ctx: RevenueContext,
  payment: Payment,
  { evidence, approvals, answer }: Submission,
): Promise<void> {
  await ctx.tx
    .insertInto("payment_submission")
    .values({
      organization_id: ctx.actor.organizationId,
      payment_id: payment.id,
      version: payment.version,
      owner_id: payment.ownerId,
      amount_minor: payment.amountMinor,
      currency: payment.currency,
      method: payment.method,
      value_on: payment.valueOn,
      reference: payment.reference,
      evidence_sha256: [...evidence],
      submitted_by: payment.submittedBy ?? "",
      submitted_at: payment.submittedAt ?? "",
      approvals_needed: approvals,
      answer,
    })
    .execute();
}

export type Decision = {
  readonly id: string;
  readonly verdict: "verified" | "rejected" | "asked";
  readonly decidedBy: string;
  readonly reasonCode: string | null;
  readonly note: string | null;
};

/**
 * Writes the decision and the payment's new state. The update is conditional on what was seen, whatever the locks say.
 * @returns false where somebody else decided first
 */
export async function saveDecision(
  ctx: RevenueContext,
  before: Payment,
  after: Payment,
  decision: Decision,
): Promise<boolean> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    with decided as (
      update payment set status = ${after.status}, version = ${after.version}, question = ${after.question}, counted_minor = ${after.countedMinor},
        decided_at = ${ctx.now}
      where organization_id = ${organizationId} and id = ${after.id} and status = 'submitted' and version = ${before.version}
        and submitted_by <> ${decision.decidedBy}
      returning id, owner_id, submitted_by
    )
    insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, reason_code, note, decided_at)
    select ${organizationId}, ${decision.id}, d.id, d.owner_id, ${before.version}, d.submitted_by, ${decision.decidedBy}, ${decision.verdict},
      ${decision.reasonCode}, ${decision.note}, ${ctx.now} from decided d
    returning id`.execute(ctx.tx);
  return rows.length === 1;
}

/** What counts of the deal's verified payments, net of what went back. Minor units. */
export async function readCounted(ctx: RevenueContext, dealId: string): Promise<bigint> {
  const { rows } = await sql<{ counted: string }>`
    select coalesce(sum(least(counted_minor, amount_minor - refunded_minor)), 0)::text as counted from payment
    where organization_id = ${ctx.actor.organizationId} and deal_id = ${dealId} and status = 'verified'`.execute(
    ctx.tx,
  );
  return BigInt(rows[0]?.counted ?? "0");
}

/**
 * Uses credit of a payment elsewhere, or gives it back (below zero).
 * @returns false where that much is not left: of two who use the last of it, one gets it
 */
export async function addTransferred(ctx: RevenueContext, paymentId: string, minor: bigint): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update payment set transferred_minor = transferred_minor + ${minor}, version = version + 1
    where organization_id = ${ctx.actor.organizationId} and id = ${paymentId} and status = 'verified'
      and applied_minor + transferred_minor + ${minor} <= amount_minor - refunded_minor
      and transferred_minor + ${minor} <= greatest(amount_minor - refunded_minor - counted_minor, 0)
    returning id`.execute(ctx.tx);
  return rows.length === 1;
}

/** Who decided a payment last, by name. */
export async function findDecider(ctx: RevenueContext, paymentId: string): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom("payment_decision as d")
    .innerJoin("organization.member_ref as m", (join) =>
      join.onRef("m.organization_id", "=", "d.organization_id").onRef("m.id", "=", "d.decided_by"),
    )
    .select("m.name")
    .where("d.organization_id", "=", ctx.actor.organizationId)
    .where("d.payment_id", "=", paymentId)
    .orderBy("d.decided_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Counts a verified payment for the people it is credited to; below zero where money goes back. */
export async function insertVerifiedCredits(
  ctx: RevenueContext,
  payment: Pick<Payment, "id" | "currency" | "valueOn">,
  credits: readonly { readonly memberId: string; readonly minor: bigint }[],
  causeId?: string,
): Promise<void> {
  if (credits.length === 0) return;
  await ctx.tx
    .insertInto("verified_credit")
    .values(
      credits.map(({ memberId, minor }) => ({
        organization_id: ctx.actor.organizationId,
        payment_id: payment.id,
        owner_id: memberId,
        value_on: payment.valueOn,
        amount_minor: minor,
        currency: payment.currency,
        ...(causeId !== undefined && { cause_id: causeId }),
      })),
    )
    .execute();
}
