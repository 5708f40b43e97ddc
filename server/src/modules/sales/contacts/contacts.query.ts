import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  getContact as getContract,
  listContacts as listContract,
  totalContacts as totalContract,
} from "@rainmaker/contracts/sales/contacts";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { customReply, listPage, listTotals, nowAt, numberOf, pageOrder, type Filtering } from "#modules/records";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { withinReachOrGranted } from "#platform/scope";
import { contactRecord, phoneKey } from "./contact.ts";

type Reply = ReplyInput<typeof getContract>;

type Row = {
  id: string;
  number: bigint;
  first_name: string;
  last_name: string;
  name: string;
  title: string | null;
  emails: Reply["emails"];
  phones: Reply["phones"];
  customers: Reply["customers"];
  tags: string[];
  notes: string | null;
  external_id: string | null;
  custom: Reply["custom"];
  owner_id: string | null;
  owner_name: string | null;
  created_at: string;
  updated_at: string;
  version: number;
};

/** Columns of the contact c with its owner o. */
function columns(ctx: Context): RawBuilder<unknown> {
  const customerInSight = withinReachOrGranted(ctx, "customer", sql.ref("k.id"), sql.ref("k.owner_id"));
  return sql`c.id, c.number, c.first_name, c.last_name, c.name, c.title, c.tags, c.notes, c.external_id, c.owner_id, o.name as owner_name,
    c.created_at, c.updated_at, c.version, ${customReply(ctx, sql.ref("c.custom"))} as custom,
    coalesce((select json_agg(json_build_object('email', p.value, 'label', p.label) order by p.position) from contact_point p
      where p.organization_id = c.organization_id and p.contact_id = c.id and p.kind = 'email'), '[]') as emails,
    coalesce((select json_agg(json_build_object('phone', p.value, 'label', p.label) order by p.position) from contact_point p
      where p.organization_id = c.organization_id and p.contact_id = c.id and p.kind = 'phone'), '[]') as phones,
    coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name, 'role', l.role) order by l.position)
      from contact_customer l join customer k on k.organization_id = l.organization_id and k.id = l.customer_id
      where l.organization_id = c.organization_id and l.contact_id = c.id and k.deleted_at is null and ${customerInSight}), '[]') as customers`;
}

const owner = sql`left join organization.member_ref o on o.organization_id = c.organization_id and o.id = c.owner_id`;

type ListQuery = QueryOf<typeof listContract>;

export async function listContacts(ctx: Context, query: ListQuery): Promise<ReplyInput<typeof listContract>> {
  const defaultSort = "name";
  const select = (page: RawBuilder<unknown>): RawBuilder<Row & { sort_key: unknown }> => sql`
    select ${columns(ctx)}, page.sort_key from ${page} page
    join contact c on c.organization_id = ${ctx.actor.organizationId} and c.id = page.id ${owner}
    order by ${pageOrder(contactRecord, query, defaultSort)}`;
  const { rows, ...rest } = await listPage<Row>(ctx, { ...filtering(ctx, query), query, defaultSort, select });
  return { items: rows.map(toReply), ...rest };
}

/** How many contacts the list has, whole and by groups. */
export async function totalContacts(
  ctx: Context,
  { groupBy, ...query }: QueryOf<typeof totalContract>,
): Promise<ReplyInput<typeof totalContract>> {
  return listTotals(ctx, filtering(ctx, query), groupBy);
}

function filtering(ctx: Context, query: ListQuery): Filtering {
  const { ownerId, tag } = query;
  return { record: contactRecord, query, filters: { ownerId, tag }, where: conditionsOf(ctx, query) };
}

function conditionsOf(ctx: Context, { q, customerId, opportunityId, email }: ListQuery): RawBuilder<SqlBool>[] {
  const { organizationId } = ctx.actor;
  return [
    ...(q === undefined || q.trim() === "" ? [] : [named(ctx, q.trim(), "r")]),
    ...(email === undefined ? [] : [havingPoint(ctx, sql`p.kind = 'email' and p.key = ${email.toLowerCase()}`, "r")]),
    ...(customerId === undefined
      ? []
      : [
          sql<SqlBool>`r.id in (select l.contact_id from contact_customer l
            where l.organization_id = ${organizationId} and l.customer_id = ${customerId})`,
        ]),
    ...(opportunityId === undefined
      ? []
      : [
          sql<SqlBool>`r.id in (select l.contact_id from opportunity_contact l
            where l.organization_id = ${organizationId} and l.opportunity_id = ${opportunityId})`,
        ]),
  ];
}

/** Fewer digits than these are in too many numbers to mean one. */
const fewestDigits = 4;

/** Whether first name, last name or an address begins with a text, or a number ends with its digits. @param row a contact's alias */
export function named(ctx: Context, text: string, row: string): RawBuilder<SqlBool> {
  const begins = (column: string): RawBuilder<SqlBool> =>
    sql<SqlBool>`starts_with(${folded(sql.ref(`${row}.${column}`))}, ${folded(sql`${text}::text`)})`;
  const digits = phoneKey(text);
  const points = [
    sql<SqlBool>`p.kind = 'email' and ${keyBegins(text.toLowerCase())}`,
    ...(digits.length < fewestDigits || /\p{L}/u.test(text)
      ? []
      : [sql<SqlBool>`p.kind = 'phone' and ${keyBegins(digits)}`]),
  ];
  const matches = [begins("name"), begins("last_name"), ...points.map((point) => havingPoint(ctx, point, row))];
  return sql<SqlBool>`(${sql.join(matches, sql` or `)})`;
}

/** In lower case by the rules of all alphabets, compared byte by byte. */
function folded(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lower(${text} collate "und-x-icu") collate "C"`;
}

/** As a range: starts_with walks an index only where the plan is made for this text alone. */
function keyBegins(beginning: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`p.key >= ${beginning} and p.key < ${`${beginning}\u{10FFFF}`}`;
}

function havingPoint(ctx: Context, condition: RawBuilder<unknown>, row: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`${row}.id`)} in (select p.contact_id from contact_point p
    where p.organization_id = ${ctx.actor.organizationId} and p.is_live and ${condition})`;
}

/** Also by the id of one that was merged into them. @throws Refusal 404 */
export async function getContact(ctx: Context, contactId: string): Promise<Reply> {
  const { rows } = await sql<Row>`
    select ${columns(ctx)} from ${nowAt(ctx, "contact", contactId)} asked
    join contact c on c.organization_id = ${ctx.actor.organizationId} and c.id = asked.id ${owner}
    where c.deleted_at is null
      and ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("contact");
  return toReply(rows[0]);
}

/** Of a contact's customers those that the viewer does not see. */
export async function listHiddenCustomers(ctx: Context, customerIds: readonly string[]): Promise<Set<string>> {
  if (customerIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select k.id from customer k where k.organization_id = ${ctx.actor.organizationId} and k.id = any(${[...customerIds]}::uuid[])
      and k.deleted_at is null and ${withinReachOrGranted(ctx, "customer", sql.ref("k.id"), sql.ref("k.owner_id"))}`.execute(
    ctx.tx,
  );
  const seen = new Set(rows.map(({ id }) => id));
  return new Set(customerIds.filter((id) => !seen.has(id)));
}

function toReply(row: Row): Reply {
  return {
    id: row.id,
    number: numberOf(contactRecord, row.number),
    firstName: row.first_name,
    lastName: row.last_name,
    name: row.name,
    title: row.title,
    emails: row.emails,
    phones: row.phones,
    customers: row.customers,
    tags: row.tags,
    notes: row.notes,
    externalId: row.external_id,
    custom: row.custom,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}
