import { sql } from "kysely";
import type { RevenueContext } from "../revenue.context.ts";
import { quorumDays, type Payment } from "./payment.ts";

/** Who agreed to a payment as it was sent last, and how many have to. */
export type Approvals = {
  readonly needed: number;
  readonly endorsedBy: { readonly id: string; readonly name: string } | null;
};

export async function readApprovals(ctx: RevenueContext, payment: Payment): Promise<Approvals> {
  const { rows } = await sql<{ needed: number; id: string | null; name: string | null }>`
    select s.approvals_needed as needed, d.decided_by as id, m.name from payment_submission s
    left join payment_decision d on d.organization_id = s.organization_id and d.payment_id = s.payment_id
      and d.payment_version = s.version and d.verdict = 'endorsed'
    left join organization.member_ref m on m.organization_id = d.organization_id and m.id = d.decided_by
    where s.organization_id = ${ctx.actor.organizationId} and s.payment_id = ${payment.id} and s.version = ${payment.version}`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) return { needed: 1, endorsedBy: null };
  return { needed: row.needed, endorsedBy: row.id === null ? null : { id: row.id, name: row.name ?? "" } };
}

type Act = { readonly id: string; readonly by: string; readonly note: string | null };

/** The first of two verifiers agrees: the payment goes on waiting, as it was sent. */
export async function insertEndorsement(ctx: RevenueContext, payment: Payment, { id, by, note }: Act): Promise<void> {
  await sql`
    insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, note, decided_at)
    values (${ctx.actor.organizationId}, ${id}, ${payment.id}, ${payment.ownerId}, ${payment.version}, ${payment.submittedBy}, ${by},
      'endorsed', ${note}, ${ctx.now})`.execute(ctx.tx);
}

/** Everybody whose agreement made a payment count. */
export async function listDeciders(ctx: RevenueContext, paymentId: string): Promise<string[]> {
  const { rows } = await sql<{ decided_by: string }>`
    select decided_by from payment_decision where organization_id = ${ctx.actor.organizationId} and payment_id = ${paymentId}
      and verdict in ('endorsed', 'verified')`.execute(ctx.tx);
  return rows.map((row) => row.decided_by);
}

/** Writes the reversal beside the decision it takes back. @returns false where somebody else was first */
export async function saveReversal(
  ctx: RevenueContext,
  before: Payment,
  after: Payment,
  { id, by, note }: Act,
): Promise<boolean> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ id: string }>`
    with reversed as (
      update payment set status = 'reversed', applied_minor = 0, version = ${after.version}, decided_at = ${ctx.now}
      where organization_id = ${organizationId} and id = ${after.id} and status = 'verified' and version = ${before.version}
      returning id, organization_id
    )
    insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, note, decided_at)
    select d.organization_id, ${id}, d.payment_id, d.owner_id, d.payment_version, d.submitted_by, ${by}, 'reversed', ${note}, ${ctx.now}
    from reversed r join payment_decision d on d.organization_id = r.organization_id and d.payment_id = r.id and d.verdict = 'verified'
    returning id`.execute(ctx.tx);
  return rows.length === 1;
}

export type Quorum = { readonly minor: bigint; readonly currency: string } | null;

/** From which amount on two verifiers have to agree, and what is compared with it: the deal's payments around the day. */
export async function readQuorum(
  ctx: RevenueContext,
  payment: Payment,
): Promise<{ readonly quorum: Quorum; readonly together: bigint }> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ quorum_minor: bigint | null; quorum_currency: string | null; others: string }>`
    select q.quorum_minor, q.quorum_currency, (select coalesce(sum(p.amount_minor), 0)::text from payment p
      where p.organization_id = ${organizationId} and p.deal_id = ${payment.dealId} and p.id <> ${payment.id}
        and p.status in ('submitted', 'verified') and p.value_on between ${payment.valueOn}::date - ${quorumDays}::integer
        and ${payment.valueOn}::date + ${quorumDays}::integer) as others
    from organization.quorum_ref q where q.organization_id = ${organizationId}`.execute(ctx.tx);
  const [row] = rows;
  const quorum =
    row?.quorum_minor == null || row.quorum_currency === null
      ? null
      : { minor: row.quorum_minor, currency: row.quorum_currency };
  return { quorum, together: payment.amountMinor + BigInt(row?.others ?? "0") };
}

/** The payment a proof was already given for. */
export type FirstUse = { readonly number: bigint; readonly recorder: string | null; readonly at: string };

/**
 * The payment this file is already a proof of, or undefined. Holds everybody off who brings the same file until commit:
 * of two uploads at once the second sees the first.
 */
export async function findFirstUse(
  ctx: RevenueContext,
  sha256: Buffer,
  paymentId: string,
): Promise<FirstUse | undefined> {
  const { organizationId } = ctx.actor;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${organizationId} ${sha256.toString("hex")}`}, 727004))`.execute(
    ctx.tx,
  );
  const { rows } = await sql<FirstUse>`
    select p.number, m.name as recorder, to_char(f.uploaded_at at time zone ${ctx.organization.timeZone}, 'YYYY-MM-DD') as at
    from records.file_ref f join payment p on p.organization_id = f.organization_id and p.id = f.subject_id
    left join organization.member_ref m on m.organization_id = f.organization_id and m.id = f.uploaded_by
    where f.organization_id = ${organizationId} and f.sha256 = ${sha256} and f.subject = 'payment'
      and (p.status <> 'withdrawn' or p.id = ${paymentId})
    order by f.uploaded_at, f.id limit 1`.execute(ctx.tx);
  return rows[0];
}
