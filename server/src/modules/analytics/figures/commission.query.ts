import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { readCommissionFigures as contract } from "@rainmaker/contracts/analytics/figures";
import { dayIn } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { withinReach } from "#platform/scope";
import { monthsAsked } from "#platform/range";

type Row = { key: string; label: string | null; minor: string; postings: number };

/** Commission as it is posted, by the month it counts in or the member who earns it. */
export async function readCommissionFigures(
  ctx: Context,
  query: QueryOf<typeof contract>,
): Promise<ReplyInput<typeof contract>> {
  const { currency = ctx.organization.currency, by = "month", memberId } = query;
  const range = monthsAsked(query, dayIn(ctx.organization.timeZone, ctx.now).slice(0, 7));
  const key = by === "month" ? sql`p.month` : sql`p.owner_id::text`;
  const { rows } = await sql<Row>`
    select g.key, ${by === "month" ? sql`g.key` : sql`m.name`} as label, g.minor::text as minor, g.postings
    from (select ${key} as key, sum(p.amount_minor) as minor, count(*)::integer as postings from revenue.posting_ref p
      where p.organization_id = ${ctx.actor.organizationId} and p.currency = ${currency} and p.month between ${range.from} and ${range.to}
        and ${withinReach(ctx, "commission", sql.ref("p.owner_id"))} and ${memberId === undefined ? sql`true` : sql`p.owner_id = ${memberId}`}
      group by 1) g
    ${by === "month" ? sql`` : sql`left join organization.member_ref m on m.organization_id = ${ctx.actor.organizationId} and m.id = g.key::uuid`}
    order by ${by === "month" ? sql`g.key` : sql`g.minor desc, g.key`}`.execute(ctx.tx);
  return {
    ...range,
    currency,
    by,
    total: {
      amount: toWire(
        rows.reduce((sum, { minor }) => sum + BigInt(minor), 0n),
        currency,
      ),
      postings: rows.reduce((sum, { postings }) => sum + postings, 0),
    },
    groups: rows.map(({ key: group, label, minor, postings }) => ({
      key: group,
      label: label ?? "",
      amount: toWire(BigInt(minor), currency),
      postings,
    })),
  };
}
