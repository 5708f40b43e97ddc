import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  getInteraction as getContract,
  listInteractions as listContract,
} from "@rainmaker/contracts/sales/interactions";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { listPage, numberOf, pageOrder } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import { opportunityRecord } from "../opportunities/opportunity.ts";
import { interactionRecord } from "./interaction.ts";

export type Reply = ReplyInput<typeof getContract>;

type Row = {
  id: string;
  number: bigint;
  kind: Reply["kind"];
  direction: Reply["direction"];
  subject: string;
  body: string | null;
  outcome: Reply["outcome"];
  occurred_at: string;
  minutes: number | null;
  follow_up_on: string | null;
  customer_id: string | null;
  customer_name: string;
  opportunity_id: string | null;
  opportunity_number: bigint;
  opportunity_title: string;
  contacts: Reply["contacts"];
  members: Reply["members"];
  mentions: Reply["mentions"];
  author_id: string | null;
  author_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  external_id: string | null;
  created_at: string;
  updated_at: string;
  version: number;
};

/** Columns and joins of the interaction i; of what it names, what the viewer sees. */
function columns(ctx: Context): RawBuilder<unknown> {
  const contactInSight = withinReachOrGranted(ctx, "contact", sql.ref("k.id"), sql.ref("k.owner_id"));
  const people = sql`from interaction_participant p join`;
  const ofThis = sql`p.organization_id = i.organization_id and p.interaction_id = i.id`;
  return sql`i.id, i.number, i.kind, i.direction, i.subject, i.body, i.outcome, i.occurred_at, i.minutes, i.follow_up_on,
    c.id as customer_id, c.name as customer_name, o.id as opportunity_id, o.number as opportunity_number, o.title as opportunity_title,
    i.author_id, a.name as author_name, i.owner_id, w.name as owner_name, i.external_id, i.created_at, i.updated_at, i.version,
    coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name) order by p.position)
      ${people} contact k on k.organization_id = p.organization_id and k.id = p.contact_id where ${ofThis} and ${contactInSight}), '[]') as contacts,
    coalesce((select json_agg(json_build_object('id', m.id, 'name', m.name) order by p.position)
      ${people} organization.member_ref m on m.organization_id = p.organization_id and m.id = p.member_id where ${ofThis}), '[]') as members,
    coalesce((select json_agg(json_build_object('id', m.id, 'name', m.name) order by array_position(i.mentioned_ids, m.id))
      from organization.member_ref m where m.organization_id = i.organization_id and m.id = any(i.mentioned_ids)), '[]') as mentions`;
}

function joins(ctx: Context): RawBuilder<unknown> {
  return sql`
    left join customer c on c.organization_id = i.organization_id and c.id = i.customer_id
      and ${withinReachOrGranted(ctx, "customer", sql.ref("c.id"), sql.ref("c.owner_id"))}
    left join opportunity o on o.organization_id = i.organization_id and o.id = i.opportunity_id
      and ${withinReachOrGranted(ctx, "opportunity", sql.ref("o.id"), sql.ref("o.owner_id"))}
    left join organization.member_ref a on a.organization_id = i.organization_id and a.id = i.author_id
    left join organization.member_ref w on w.organization_id = i.organization_id and w.id = i.owner_id`;
}

type ListQuery = QueryOf<typeof listContract>;

export async function listInteractions(ctx: Context, query: ListQuery): Promise<ReplyInput<typeof listContract>> {
  const defaultSort = "-occurredAt";
  const select = (page: RawBuilder<unknown>): RawBuilder<Row & { sort_key: unknown }> => sql`
    select ${columns(ctx)}, page.sort_key from ${page} page
    join interaction i on i.organization_id = ${ctx.actor.organizationId} and i.id = page.id ${joins(ctx)}
    order by ${pageOrder(interactionRecord, query, defaultSort)}`;
  const { kind, outcome, customerId, opportunityId, authorId, ownerId, followUpBy } = query;
  const { rows, ...rest } = await listPage<Row>(ctx, {
    record: interactionRecord,
    query,
    defaultSort,
    filters: { kind, outcome, customerId, opportunityId, authorId, ownerId, followUpBy },
    where: conditionsOf(ctx, query),
    select,
  });
  return { items: rows.map((row) => toReply(ctx, row)), ...rest };
}

function conditionsOf(ctx: Context, { contactId, from, to }: ListQuery): RawBuilder<SqlBool>[] {
  const { timeZone } = ctx.organization;
  return [
    ...(contactId === undefined ? [] : [withContact(ctx, contactId, "r")]),
    ...(from === undefined ? [] : [sql<SqlBool>`r.occurred_at >= (${from}::date)::timestamp at time zone ${timeZone}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`r.occurred_at < (${to}::date + 1)::timestamp at time zone ${timeZone}`]),
  ];
}

/** Whether a contact took part. @param row alias of an interaction */
export function withContact(ctx: Context, contactId: string, row: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`${row}.id`)} in (select p.interaction_id from interaction_participant p
    where p.organization_id = ${ctx.actor.organizationId} and p.contact_id = ${contactId}::uuid)`;
}

/** @throws Refusal 404 */
export async function getInteraction(ctx: Context, interactionId: string): Promise<Reply> {
  const [found] = await readInteractions(ctx, [interactionId]);
  if (found === undefined) throw notFound("interaction");
  return found;
}

/** Those of them that the viewer sees, in no order. */
export async function readInteractions(ctx: Context, ids: readonly string[]): Promise<Reply[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    select ${columns(ctx)} from interaction i ${joins(ctx)}
    where i.organization_id = ${ctx.actor.organizationId} and i.id = any(${[...ids]}::uuid[]) and i.deleted_at is null
      and ${withinReachOrGranted(ctx, "interaction", sql.ref("i.id"), sql.ref("i.owner_id"))}`.execute(ctx.tx);
  return rows.map((row) => toReply(ctx, row));
}

function toReply(ctx: Context, row: Row): Reply {
  const { timeZone } = ctx.organization;
  return {
    id: row.id,
    number: numberOf(interactionRecord, row.number),
    kind: row.kind,
    direction: row.direction,
    subject: row.subject,
    body: row.body,
    outcome: row.outcome,
    occurredAt: row.occurred_at,
    isBackdated: dayIn(timeZone, new Date(row.occurred_at)) < dayIn(timeZone, new Date(row.created_at)),
    minutes: row.minutes,
    followUpOn: row.follow_up_on,
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name },
    opportunity: saleOf(row),
    contacts: row.contacts,
    members: row.members,
    mentions: row.mentions,
    author: row.author_id === null ? null : { id: row.author_id, name: row.author_name ?? "" },
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    externalId: row.external_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

function saleOf({
  opportunity_id: id,
  opportunity_number: number,
  opportunity_title: title,
}: Row): Reply["opportunity"] {
  return id === null ? null : { id, number: numberOf(opportunityRecord, number), title };
}
