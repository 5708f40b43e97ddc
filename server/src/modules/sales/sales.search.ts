import { sql, type SqlBool } from "kysely";
import type { Searchable } from "#modules/records";
import { contactRecord } from "./contacts/contact.ts";
import { customerRecord } from "./customers/customer.ts";
import { interactionRecord } from "./interactions/interaction.ts";
import { opportunityRecord } from "./opportunities/opportunity.ts";

export const customerSearch: Searchable = {
  record: customerRecord,
  subtitle: sql`concat_ws(', ', r.industry, r.location)`,
  hasTrash: true,
};

export const contactSearch: Searchable = {
  record: contactRecord,
  subtitle: sql`concat_ws(', ', r.title, (select string_agg(k.name, ', ' order by l.position) from contact_customer l
    join customer k on k.organization_id = l.organization_id and k.id = l.customer_id and k.deleted_at is null
    where l.organization_id = r.organization_id and l.contact_id = r.id))`,
  hasTrash: true,
};

export const opportunitySearch: Searchable = {
  record: opportunityRecord,
  subtitle: sql`select c.name from customer c where c.organization_id = r.organization_id and c.id = r.customer_id`,
  hasTrash: true,
  amountColumn: "amount_minor",
  inStage: (ctx, stage) => sql<SqlBool>`r.stage_id in (select s.id from stage s
    where s.organization_id = ${ctx.actor.organizationId} and position(${` ${stage}`} in ' ' || app.fold(s.name)) > 0)`,
};

export const interactionSearch: Searchable = {
  record: interactionRecord,
  subtitle: sql`select c.name from customer c where c.organization_id = r.organization_id and c.id = r.customer_id`,
  hasTrash: true,
};
