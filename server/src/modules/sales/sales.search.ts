import { sql } from "kysely";
import type { Searchable } from "#modules/records";
import { customerRecord } from "./customers/customer.ts";
import { opportunityRecord } from "./opportunities/opportunity.ts";

export const customerSearch: Searchable = {
  record: customerRecord,
  subtitle: sql`concat_ws(', ', r.industry, r.location)`,
  hasTrash: true,
};

export const opportunitySearch: Searchable = {
  record: opportunityRecord,
  subtitle: sql`select c.name from customer c where c.organization_id = r.organization_id and c.id = r.customer_id`,
  hasTrash: true,
};
