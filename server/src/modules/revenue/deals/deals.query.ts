import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { getDeal as getContract, listDeals as listContract } from "@rainmaker/contracts/revenue/deals";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { numberOf } from "#modules/records";
import { opportunityRecord } from "#modules/sales";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReach } from "#platform/scope";
import { dealRecord, positionOf } from "./deal.ts";
import { revisionsColumn, toRevision, type RevisionRow } from "./deal-revisions.query.ts";

type Reply = ReplyInput<typeof getContract>;
type ListQuery = QueryOf<typeof listContract>;

type Row = {
  id: string;
  number: bigint;
  title: string;
  opportunity_id: string | null;
  opportunity_number: bigint | null;
  customer_id: string;
  customer_name: string | null;
  owner_id: string;
  owner_name: string | null;
  amount_minor: bigint;
  currency: string;
  status: Reply["status"];
  won_on: string;
  submitted_by: string | null;
  submitter_name: string | null;
  submitted_at: string | null;
  approved_by: string | null;
  approver_name: string | null;
  approved_at: string | null;
  return_reason: string | null;
  project_id: string | null;
  project_name: string | null;
  revision: number;
  revisions: RevisionRow[];
  created_at: string;
  version: number;
  credits: { participant: { id: string; name: string }; kind: "revenue" | "overlay"; basisPoints: number }[];
  sums: Partial<Record<"verified" | "submitted" | "rejected" | "asked" | "draft" | "refunded", string>>;
};

const columns = sql.raw(
  "d.id, d.number, d.title, d.opportunity_id, op.number as opportunity_number, d.customer_id, c.name as customer_name, d.owner_id, " +
    "w.name as owner_name, d.amount_minor, d.currency, d.status, d.won_on, d.submitted_by, s.name as submitter_name, d.submitted_at, " +
    "d.approved_by, a.name as approver_name, d.approved_at, d.return_reason, d.created_at, d.project_id, pj.name as project_name, d.revision, d.version, " +
    "(select coalesce(json_agg(json_build_object('participant', json_build_object('id', dc.participant_id, 'name', p.name), " +
    "'kind', dc.kind, 'basisPoints', dc.basis_points) order by dc.kind desc, dc.basis_points desc, dc.participant_id), '[]') " +
    "from deal_credit dc left join organization.member_ref p on p.organization_id = dc.organization_id and p.id = dc.participant_id " +
    "where dc.organization_id = d.organization_id and dc.deal_id = d.id) as credits, " +
    "(select coalesce(json_object_agg(x.status, x.total), '{}') from (select pay.status, sum(pay.amount_minor - pay.refunded_minor - pay.transferred_minor)::text as total " +
    "from payment pay where pay.organization_id = d.organization_id and pay.deal_id = d.id group by pay.status union all " +
    "select 'refunded', sum(pay.refunded_minor)::text from payment pay where pay.organization_id = d.organization_id and pay.deal_id = d.id and pay.refunded_minor > 0 " +
    "having count(*) > 0) x) as sums, " +
    revisionsColumn,
);

const joins = sql.raw(
  "left join sales.customer_ref c on c.organization_id = d.organization_id and c.id = d.customer_id " +
    "left join sales.opportunity_ref op on op.organization_id = d.organization_id and op.id = d.opportunity_id " +
    "left join project pj on pj.organization_id = d.organization_id and pj.id = d.project_id " +
    "left join organization.member_ref w on w.organization_id = d.organization_id and w.id = d.owner_id " +
    "left join organization.member_ref s on s.organization_id = d.organization_id and s.id = d.submitted_by " +
    "left join organization.member_ref a on a.organization_id = d.organization_id and a.id = d.approved_by",
);

/** Newest first. */
export async function listDeals(ctx: Context, query: ListQuery): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const conditions = [...filtersOf(ctx, query)];
  if (after !== null)
    conditions.push(sql<SqlBool>`(d.created_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const { rows } = await sql<Row>`
    with page as (select d.* from deal d where ${sql.join(conditions, sql` and `)} order by d.created_at desc, d.id desc limit ${limit + 1})
    select ${columns} from page d ${joins} order by d.created_at desc, d.id desc`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
  };
}

function filtersOf(ctx: Context, query: ListQuery): RawBuilder<SqlBool>[] {
  const { opportunityId, customerId, ownerId, projectId, status, view = "all" } = query;
  const conditions = [
    sql<SqlBool>`d.organization_id = ${ctx.actor.organizationId}`,
    withinReach(ctx, "deal", sql.ref("d.owner_id")),
  ];
  if (opportunityId !== undefined) conditions.push(sql<SqlBool>`d.opportunity_id = ${opportunityId}`);
  if (customerId !== undefined) conditions.push(sql<SqlBool>`d.customer_id = ${customerId}`);
  if (ownerId !== undefined) conditions.push(sql<SqlBool>`d.owner_id = ${ownerId}`);
  if (projectId !== undefined) conditions.push(sql<SqlBool>`d.project_id = ${projectId}`);
  if (status !== undefined) conditions.push(sql<SqlBool>`d.status = ${status}`);
  if (view !== "all") conditions.push(viewCondition(view));
  return conditions;
}

function viewCondition(view: "attention" | "review" | "paid"): RawBuilder<SqlBool> {
  const payments = sql`from payment p where p.organization_id = d.organization_id and p.deal_id = d.id`;
  switch (view) {
    case "attention":
      return sql<SqlBool>`(d.status in ('draft', 'submitted') or exists (select ${payments} and p.status in ('draft', 'rejected', 'asked')))`;
    case "review":
      return sql<SqlBool>`exists (select ${payments} and p.status = 'submitted')`;
    case "paid":
      return sql<SqlBool>`(select sum(p.amount_minor - p.refunded_minor - p.transferred_minor) ${payments} and p.status = 'verified') >= d.amount_minor`;
  }
}

/** @throws Refusal 404 */
export async function getDeal(ctx: Context, dealId: string): Promise<Reply> {
  const { rows } = await sql<Row>`
    select ${columns} from deal d ${joins}
    where d.organization_id = ${ctx.actor.organizationId} and d.id = ${dealId}
      and ${withinReach(ctx, "deal", sql.ref("d.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("deal");
  return toReply(rows[0]);
}

function toReply(row: Row): Reply {
  return {
    id: row.id,
    number: numberOf(dealRecord, row.number),
    title: row.title,
    opportunity:
      row.opportunity_id === null
        ? null
        : { id: row.opportunity_id, number: numberOf(opportunityRecord, row.opportunity_number ?? 0n) },
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? "" },
    customer: { id: row.customer_id, name: row.customer_name ?? "" },
    owner: { id: row.owner_id, name: row.owner_name ?? "" },
    amount: toWire(row.amount_minor, row.currency),
    status: row.status,
    credits: row.credits,
    position: toPosition(row),
    wonOn: row.won_on,
    submittedBy: personOf(row.submitted_by, row.submitter_name),
    submittedAt: row.submitted_at,
    approvedBy: personOf(row.approved_by, row.approver_name),
    approvedAt: row.approved_at,
    returnReason: row.return_reason,
    revision: row.revision,
    revisions: row.revisions.map((revision) => toRevision(revision, row.currency)),
    createdAt: row.created_at,
    version: row.version,
  };
}

function personOf(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? "" };
}

function toPosition({ amount_minor: amount, currency, sums }: Row): Reply["position"] {
  const minor = (status: keyof Row["sums"]): bigint => BigInt(sums[status] ?? "0");
  const position = positionOf(amount, {
    verified: minor("verified"),
    inReview: minor("submitted"),
    toFix: minor("rejected") + minor("asked"),
    draft: minor("draft"),
    refunded: minor("refunded"),
  });
  return {
    state: position.state,
    verified: toWire(position.verified, currency),
    inReview: toWire(position.inReview, currency),
    toFix: toWire(position.toFix, currency),
    draft: toWire(position.draft, currency),
    open: toWire(position.open, currency),
    credit: toWire(position.credit, currency),
  };
}
