import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { getCustomer as getContract, listCustomers as listContract } from "@rainmaker/contracts/sales/customers";
import { sql, type RawBuilder } from "kysely";
import { listPage, numberOf, pageOrder } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import { customerRecord } from "./customer.ts";

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
  external_id: string | null;
  owner_id: string | null;
  owner_name: string | null;
  created_at: string;
  updated_at: string;
  version: number;
};

const columns = sql.raw(
  "c.id, c.number, c.name, c.kind, c.industry, c.email, c.phone, c.website, c.location, c.external_id, c.owner_id, " +
    "o.name as owner_name, c.created_at, c.updated_at, c.version",
);
const owner = sql`left join organization.member_ref o on o.organization_id = c.organization_id and o.id = c.owner_id`;

export async function listCustomers(
  ctx: Context,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const defaultSort = "name";
  const select = (page: RawBuilder<unknown>): RawBuilder<Row & { sort_key: unknown }> => sql`
    select ${columns}, page.sort_key from ${page} page
    join customer c on c.organization_id = ${ctx.actor.organizationId} and c.id = page.id ${owner}
    order by ${pageOrder(customerRecord, query, defaultSort)}`;
  const { q, ownerId, industry } = query;
  const page = await listPage<Row>(ctx, {
    record: customerRecord,
    query,
    defaultSort,
    filters: { q, ownerId, industry },
    select,
  });
  const { rows, ...rest } = page;
  return { items: rows.map(toReply), ...rest };
}

/** @throws Refusal 404 */
export async function getCustomer(ctx: Context, customerId: string): Promise<Reply> {
  const { rows } = await sql<Row>`
    select ${columns} from customer c ${owner}
    where c.organization_id = ${ctx.actor.organizationId} and c.id = ${customerId} and c.deleted_at is null
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
    externalId: row.external_id,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}
