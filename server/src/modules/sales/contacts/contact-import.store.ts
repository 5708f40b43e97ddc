import { sql, type SqlBool } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { nextNumber, type Direction } from "#modules/records";
import type { Context } from "#platform/context";
import { withinReachOrGranted } from "#platform/scope";
import { moveImported } from "../imports/imported-trash.store.ts";
import type { ImportedTable } from "../imports/imported-values.store.ts";
import { keysOf } from "../imports/keys.query.ts";
import type { Known } from "../imports/known.ts";
import type { VersionedId } from "../imports/written.ts";
import type { ContactRow } from "./contact-import.ts";
import { phoneKey } from "./contact.ts";

export const importedContacts: ImportedTable = {
  name: "contact",
  columns: ["first_name", "last_name", "title", "tags", "notes", "external_id", "custom"],
  isLive: sql<SqlBool>`t.deleted_at is null`,
  hasUpdatedAt: true,
};

/** A contact that a file's row may already be. */
export type KnownContact = Known & { readonly inSight: boolean };

export type ContactKey = "externalId" | "email" | "phone" | "name";

/** Live contacts that these values name, by value. A run sees the whole organization: an address is taken for everybody. */
export async function findKnownContacts(
  ctx: Context,
  key: ContactKey,
  values: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownContact[]>> {
  if (values.length === 0) return new Map();
  const { organizationId } = ctx.actor;
  const keyed =
    key === "phone" ? await keysOf(ctx, lastDigits, values) : new Map(values.map((value) => [value, value]));
  const keys = [...new Set(keyed.values())];
  const columns = sql`c.id, c.owner_id as "ownerId", 'CON-' || c.number || ' ' || c.name as label,
    ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))} as "inSight"`;
  // Not a join with the values: on a table that is just being filled one is planned as a loop over all pairs.
  const { rows } =
    key === "externalId" || key === "name"
      ? await sql<KnownContact & { key: string }>`
          select c.${sql.ref(key === "name" ? "name" : "external_id")} as key, ${columns} from contact c
          where c.organization_id = ${organizationId} and c.${sql.ref(key === "name" ? "name" : "external_id")} = any(${keys}::text[])
            and c.deleted_at is null`.execute(ctx.tx)
      : await sql<KnownContact & { key: string }>`
          select p.${sql.ref(key === "email" ? "key" : "digits")} as key, ${columns} from (
            select p.contact_id, p.key, left(p.key, 9) as digits from contact_point p
            where p.organization_id = ${organizationId} and p.kind = ${key} and p.is_live
              and ${key === "email" ? sql`p.key` : sql`left(p.key, 9)`} = any(${keys}::text[])
          ) p join contact c on c.organization_id = ${organizationId} and c.id = p.contact_id and c.deleted_at is null`.execute(
          ctx.tx,
        );
  const found = Map.groupBy(rows, (row) => row.key);
  return new Map([...keyed].map(([value, own]) => [value, found.get(own) ?? []]));
}

/** As numbers are kept, from the last digit to the first: nine are what is left without country and trunk prefix. */
const lastDigits = sql<string>`left(reverse(regexp_replace(u.value, '[^0-9]', '', 'g')), 9)`;

export type ImportedContact = ContactRow & { readonly id: string };

export async function insertImportedContacts(ctx: Context, rows: readonly ImportedContact[]): Promise<void> {
  if (rows.length === 0) return;
  const { organizationId, memberId } = ctx.actor;
  const given = JSON.stringify(rows.map((row, index) => ({ ...row, index })));
  await sql`
    insert into contact (organization_id, id, number, owner_id, first_name, last_name, title, tags, notes, external_id, created_at, created_by,
      updated_at, version)
    select ${organizationId}, g."id", first.number + g."index", g."ownerId", g."firstName", g."lastName", g."title", coalesce(g."tags", '{}'), g."notes",
      g."externalId", ${ctx.now}, ${memberId}, ${ctx.now}, 1
    from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "index" bigint, "ownerId" uuid, "firstName" text, "lastName" text,
      "title" text, "tags" text[], "notes" text, "externalId" text), (select ${nextNumber("contact", rows.length)} as number) first`.execute(
    ctx.tx,
  );
  await addParts(ctx, rows);
}

/** Addresses, numbers and customers that were added to a contact. */
export type AddedParts = { readonly points: readonly object[]; readonly links: readonly object[] };

/** What a contact has already stays once; what is new goes behind it. @returns what was added, by contact */
export async function addParts(
  ctx: Context,
  rows: readonly Pick<ImportedContact, "id" | "emails" | "phones" | "customerId">[],
): Promise<ReadonlyMap<string, AddedParts>> {
  const { organizationId } = ctx.actor;
  const points = rows.flatMap(({ id, emails, phones }) => [
    ...emails.map((email) => ({ contactId: id, kind: "email", label: "work", value: email, key: email })),
    ...phones.map(({ phone, label }) => ({ contactId: id, kind: "phone", label, value: phone, key: phoneKey(phone) })),
  ]);
  const given = JSON.stringify(points.map((point, position) => ({ ...point, id: uuidv7(), position })));
  const added = await sql<Part>`
    insert into contact_point as made (organization_id, id, contact_id, owner_id, kind, label, position, value, key, is_live)
    select ${organizationId}, g."id", c.id, c.owner_id, g."kind", g."label", g."position" + 1000, g."value", g."key", true
    from jsonb_to_recordset(${given}::jsonb) as g("id" uuid, "contactId" uuid, "kind" text, "label" text, "position" integer, "value" text, "key" text)
    join contact c on c.organization_id = ${organizationId} and c.id = g."contactId"
    where not exists (select from contact_point p where p.organization_id = c.organization_id and p.contact_id = c.id and p.key = g."key")
    returning made.contact_id as "contactId", to_jsonb(made) as part`.execute(ctx.tx);
  const links = rows.flatMap(({ id, customerId }) => (customerId === null ? [] : [{ contactId: id, customerId }]));
  const linked = await sql<Part>`
    insert into contact_customer as made (organization_id, contact_id, customer_id, owner_id, position)
    select ${organizationId}, c.id, g."customerId", c.owner_id, 1000
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as g("contactId" uuid, "customerId" uuid)
    join contact c on c.organization_id = ${organizationId} and c.id = g."contactId"
    on conflict do nothing returning made.contact_id as "contactId", to_jsonb(made) as part`.execute(ctx.tx);
  return partsByContact(added.rows, linked.rows);
}

type Part = { readonly contactId: string; readonly part: object };

function partsByContact(points: readonly Part[], links: readonly Part[]): ReadonlyMap<string, AddedParts> {
  const byContact = new Map<string, { points: object[]; links: object[] }>();
  const of = (id: string): { points: object[]; links: object[] } => {
    const known = byContact.get(id) ?? { points: [], links: [] };
    byContact.set(id, known);
    return known;
  };
  for (const { contactId, part } of points) of(contactId).points.push(part);
  for (const { contactId, part } of links) of(contactId).links.push(part);
  return byContact;
}

/** Takes added parts from their contacts again, or gives them back. */
export async function moveParts(ctx: Context, parts: readonly AddedParts[], direction: Direction): Promise<void> {
  const [points, links] = [parts.flatMap((one) => one.points), parts.flatMap((one) => one.links)];
  const { organizationId } = ctx.actor;
  const given = (all: readonly object[]): string => JSON.stringify(all);
  if (direction === "undo") {
    await sql`delete from contact_point p using jsonb_populate_recordset(null::contact_point, ${given(points)}::jsonb) g
      where p.organization_id = ${organizationId} and p.id = g.id`.execute(ctx.tx);
    await sql`delete from contact_customer l using jsonb_populate_recordset(null::contact_customer, ${given(links)}::jsonb) g
      where l.organization_id = ${organizationId} and l.contact_id = g.contact_id and l.customer_id = g.customer_id`.execute(
      ctx.tx,
    );
    return;
  }
  // An address that somebody else has by now stays theirs.
  await sql`insert into contact_point select * from jsonb_populate_recordset(null::contact_point, ${given(points)}::jsonb)
    on conflict do nothing`.execute(ctx.tx);
  await sql`insert into contact_customer select * from jsonb_populate_recordset(null::contact_customer, ${given(links)}::jsonb)
    on conflict do nothing`.execute(ctx.tx);
}

/** Into the trash, which frees their addresses, or out of it. */
export async function moveImportedContacts(
  ctx: Context,
  records: readonly VersionedId[],
  direction: Direction,
): Promise<VersionedId[]> {
  const moved = await moveImported(ctx, importedContacts, records, direction);
  await sql`update contact_point p set is_live = ${direction === "redo"} where p.organization_id = ${ctx.actor.organizationId}
    and p.contact_id = any(${moved.map(({ id }) => id)}::uuid[])`.execute(ctx.tx);
  return moved;
}

/** Which of these contacts in the trash have an address that another one has by now. */
export async function findContactsReplaced(ctx: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct p.contact_id as id from contact_point p
    join contact_point o on o.organization_id = p.organization_id and o.key = p.key and o.kind = 'email' and o.is_live
    where p.organization_id = ${ctx.actor.organizationId} and p.contact_id = any(${[...ids]}::uuid[]) and p.kind = 'email' and not p.is_live`.execute(
    ctx.tx,
  );
  return rows.map(({ id }) => id);
}
