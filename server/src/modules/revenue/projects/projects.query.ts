import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { getProject as getContract, listProjects as listContract } from "@rainmaker/contracts/revenue/projects";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReach } from "#platform/scope";
import { attainmentOf } from "../goals/goal.ts";
import { projectNumber } from "./project.ts";

type Reply = ReplyInput<typeof getContract>;

type Row = {
  id: string;
  number: bigint;
  name: string;
  description: string | null;
  budget_minor: bigint | null;
  currency: string;
  starts_on: string | null;
  ends_on: string | null;
  is_closed: boolean;
  created_at: string;
  version: number;
  teams: Reply["teams"];
  deals: number;
  sold: string;
  verified: string;
  in_review: string;
};

/** By name; the closed ones only where asked for. */
export async function listProjects(
  ctx: Context,
  { state = "open" }: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const rows = await readProjects(ctx, sql<SqlBool>`p.is_closed = ${state === "closed"}`);
  return { items: rows.map(toReply) };
}

/** @throws Refusal 404 */
export async function getProject(ctx: Context, projectId: string): Promise<Reply> {
  const [row] = await readProjects(ctx, sql<SqlBool>`p.id = ${projectId}`);
  if (row === undefined) throw notFound("project");
  return toReply(row);
}

/** With what the viewer sees of their deals: each figure is the sum of the deals that opening it lists. */
async function readProjects(ctx: Context, condition: RawBuilder<SqlBool>): Promise<Row[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Row>`
    with sum as (
      select d.project_id, count(*)::int as deals, sum(d.amount_minor) filter (where d.status <> 'cancelled') as sold, sum(m.verified) as verified,
        sum(m.in_review) as in_review
      from deal d left join lateral (
        select sum(q.amount_minor - q.refunded_minor - q.transferred_minor) filter (where q.status = 'verified') as verified,
          sum(q.amount_minor) filter (where q.status = 'submitted') as in_review
        from payment q where q.organization_id = d.organization_id and q.deal_id = d.id) m on true
      where d.organization_id = ${organizationId} and d.project_id is not null and ${withinReach(ctx, "deal", sql.ref("d.owner_id"))}
      group by d.project_id
    )
    select p.id, p.number, p.name, p.description, p.budget_minor, p.currency, p.starts_on, p.ends_on, p.is_closed, p.created_at, p.version,
      (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name), '[]') from project_team x
        join organization.team_ref t on t.organization_id = x.organization_id and t.id = x.team_id
        where x.organization_id = p.organization_id and x.project_id = p.id) as teams,
      coalesce(s.deals, 0) as deals, coalesce(s.sold, 0)::text as sold, coalesce(s.verified, 0)::text as verified,
      coalesce(s.in_review, 0)::text as in_review
    from project p left join sum s on s.project_id = p.id
    where p.organization_id = ${organizationId} and ${condition} order by p.name, p.id limit 500`.execute(ctx.tx);
  return rows;
}

function toReply(row: Row): Reply {
  const money = (minor: string): ReturnType<typeof toWire> => toWire(BigInt(minor), row.currency);
  return {
    id: row.id,
    number: projectNumber(row.number),
    name: row.name,
    description: row.description,
    teams: row.teams,
    budget: row.budget_minor === null ? null : toWire(row.budget_minor, row.currency),
    currency: row.currency,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    isClosed: row.is_closed,
    deals: row.deals,
    sold: money(row.sold),
    verified: money(row.verified),
    inReview: money(row.in_review),
    attainment: attainmentOf(BigInt(row.verified), row.budget_minor ?? 0n),
    createdAt: row.created_at,
    version: row.version,
  };
}
