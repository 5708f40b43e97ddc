import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  getCustomer as getContract,
  listCustomers as listContract,
  totalCustomers as totalContract,
} from "@rainmaker/contracts/sales/customers";
import { toWire } from "@rainmaker/contracts/money";
import { sql, type RawBuilder } from "kysely";
import { customReply, listPage, listTotals, nowAt, numberOf, pageOrder, type Filtering } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReach, withinReachOrGranted } from "#platform/scope";
import { ownedInTeam } from "../opportunities/opportunity-views.query.ts";
import { addressOf, customerRecord } from "./customer.ts";

type Reply = ReplyInput<typeof getContract>;

type Row = {
  id: string;
  number: bigint;
  name: string;
  kind: Reply["kind"];
  industry: string | null;
  email: string | null;
  phone: string | null;
  website: string | null;
  location: string | null;
  street: string | null;
  postal_code: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  tags: string[];
  notes: string | null;
  satisfaction: number | null;
  external_id: string | null;
  custom: Reply["custom"];
  owner_id: string | null;
  owner_name: string | null;
  team_id: string | null;
  team_name: string | null;
  created_at: string;
  updated_at: string;
  version: number;
};

type ListRow = Row & { sort_key: unknown; open: { currency: string; count: number; amount: string | null }[] };

const columns = sql.raw(
  "c.id, c.number, c.name, c.kind, c.industry, c.email, c.phone, c.website, c.location, c.street, c.postal_code, c.city, " +
    "c.region, c.country, c.tags, c.notes, c.satisfaction, c.external_id, c.owner_id, o.name as owner_name, o.team_id, t.name as team_name, c.created_at, c.updated_at, c.version",
);
const owner = sql`left join organization.member_ref o on o.organization_id = c.organization_id and o.id = c.owner_id
  left join organization.team_ref t on t.organization_id = o.organization_id and t.id = o.team_id`;

export async function listCustomers(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const defaultSort = "name";
  const select = (page: RawBuilder<unknown>): RawBuilder<ListRow> => sql`
    select ${columns}, ${customReply(ctx, sql.ref("c.custom"))} as custom, page.sort_key, ${openFigures(ctx)} as open from ${page} page
    join customer c on c.organization_id = ${ctx.actor.organizationId} and c.id = page.id ${owner}
    order by ${pageOrder(customerRecord, query, defaultSort)}`;
  const { rows, ...rest } = await listPage<ListRow>(ctx, { ...filtering(ctx, query), query, defaultSort, select });
  return { items: rows.map((row) => ({ ...toReply(row), open: toOpen(row.open) })), ...rest };
}

/** How many customers the list has, whole and by groups. */
export async function totalCustomers(
  ctx: Context,
  { groupBy, ...query }: QueryOf<typeof totalContract>,
): Promise<ReplyInput<typeof totalContract>> {
  return listTotals(ctx, filtering(ctx, query), groupBy);
}

function filtering(ctx: Context, query: QueryOf<typeof listContract>): Filtering {
  const { q, ownerId, teamId, kind, industry, tag } = query;
  const filters = { q, ownerId, kind, industry, tag };
  const where = teamId === undefined ? [] : [ownedInTeam(ctx, teamId, "r")];
  return { record: customerRecord, query, filters, where };
}

/** Of the customer c, by currency: its open opportunities that the viewer sees, looked up along their customer's index. */
function openFigures(ctx: Context): RawBuilder<unknown> {
  return sql`coalesce((select json_agg(f) from (
    select p.currency, count(*) as count, sum(p.amount_minor)::text as amount from opportunity p
    join stage s on s.organization_id = p.organization_id and s.id = p.stage_id and s.kind = 'open'
    where p.organization_id = c.organization_id and p.customer_id = c.id and p.deleted_at is null
      and ${withinReach(ctx, "opportunity", sql.ref("p.owner_id"))}
    group by p.currency order by p.currency) f), '[]')`;
}

function toOpen(figures: ListRow["open"]): ReplyInput<typeof listContract>["items"][number]["open"] {
  return {
    count: figures.reduce((sum, { count }) => sum + count, 0),
    sums: figures.flatMap(({ currency, amount }) => (amount === null ? [] : [toWire(BigInt(amount), currency)])),
  };
}

/** Also by the id of one that was merged into it. @throws Refusal 404 */
export async function getCustomer(ctx: Context, customerId: string): Promise<Reply> {
  const { rows } = await sql<Row>`
    select ${columns}, ${customReply(ctx, sql.ref("c.custom"))} as custom from ${nowAt(ctx, "customer", customerId)} asked
    join customer c on c.organization_id = ${ctx.actor.organizationId} and c.id = asked.id ${owner}
    where c.deleted_at is null
      and ${withinReachOrGranted(ctx, "customer", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("customer");
  return toReply(rows[0]);
}

function toReply(row: Row): Reply {
  return {
    id: row.id,
    number: numberOf(customerRecord, row.number),
    name: row.name,
    kind: row.kind,
    industry: row.industry,
    email: row.email,
    phone: row.phone,
    website: row.website,
    location: row.location,
    address: addressOf({ ...row, postalCode: row.postal_code }),
    tags: row.tags,
    notes: row.notes,
    satisfaction: row.satisfaction,
    externalId: row.external_id,
    custom: row.custom,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name ?? "" },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}
