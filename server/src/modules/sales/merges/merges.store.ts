import { sql } from "kysely";
import type { Moved } from "#modules/records";
import type { SalesContext } from "../sales.context.ts";

/** Contacts of the merged customers work for the one that stays; who works for both keeps that role. */
export async function moveContactsOfCustomers(
  ctx: SalesContext,
  survivorId: string,
  mergedIds: readonly string[],
): Promise<Moved> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ old_id: string; ids: string[] }>`
    with gone as (delete from contact_customer l where l.organization_id = ${organizationId}
        and l.customer_id = any(${[...mergedIds]}::uuid[]) returning l.*),
      kept as (insert into contact_customer (organization_id, contact_id, customer_id, owner_id, role, position)
        select distinct on (g.contact_id) g.organization_id, g.contact_id, ${survivorId}::uuid, g.owner_id, g.role, g.position
        from gone g order by g.contact_id, g.position on conflict do nothing)
    select customer_id as old_id, array_agg(contact_id::text) as ids from gone group by customer_id`.execute(ctx.tx);
  return { contact_customer: Object.fromEntries(rows.map(({ old_id: id, ids }) => [id, ids])) };
}

type Link = { readonly table: string; readonly of: string; readonly columns: readonly string[] };

/** Where contacts take part: one row for each sale or interaction, whichever of the merged it named. */
const linksOfContacts: readonly Link[] = [
  {
    table: "opportunity_contact",
    of: "opportunity_id",
    columns: ["organization_id", "opportunity_id", "owner_id", "role", "position"],
  },
  {
    table: "interaction_participant",
    of: "interaction_id",
    columns: ["organization_id", "id", "interaction_id", "owner_id", "position"],
  },
];

/** What contacts took part in, the one that stays takes part in. */
export async function moveLinksOfContacts(
  ctx: SalesContext,
  survivorId: string,
  mergedIds: readonly string[],
): Promise<Moved[]> {
  const moved: Moved[] = [];
  for (const link of linksOfContacts) moved.push(await moveLink(ctx, link, survivorId, mergedIds));
  return moved;
}

async function moveLink(
  ctx: SalesContext,
  { table, of, columns }: Link,
  survivorId: string,
  mergedIds: readonly string[],
): Promise<Moved> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const values = sql.join(columns.map((column) => sql.ref(`g.${column}`)));
  const subject = sql.ref(`g.${of}`);
  const { rows } = await sql<{ old_id: string; ids: string[] }>`
    with gone as (delete from ${sql.table(table)} l where l.organization_id = ${ctx.actor.organizationId}
        and l.contact_id = any(${[...mergedIds]}::uuid[]) returning l.*),
      kept as (insert into ${sql.table(table)} (${names}, contact_id)
        select distinct on (${subject}) ${values}, ${survivorId}::uuid from gone g order by ${subject}, g.position
        on conflict do nothing)
    select contact_id as old_id, array_agg(${subject}::text) as ids from gone g group by contact_id`.execute(ctx.tx);
  return { [table]: Object.fromEntries(rows.map(({ old_id: id, ids }) => [id, ids])) };
}
