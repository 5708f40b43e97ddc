import { sql, type RawBuilder } from "kysely";
import type { Grants } from "./role.ts";

/** What the organization's own roles of a member grant, as an expression. @param member alias of the member's row */
export function customGrants(member: string): RawBuilder<Grants[]> {
  return sql<Grants[]>`array(select c.grants ${held(member)})`;
}

/** The same roles as { id, name }, by name. */
export function customRefs(member: string): RawBuilder<{ id: string; name: string }[]> {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name), '[]') ${held(member)})`;
}

function held(member: string): RawBuilder<unknown> {
  return sql`from member_custom_role h join custom_role c on c.organization_id = h.organization_id and c.id = h.role_id
    where h.organization_id = ${sql.ref(`${member}.organization_id`)} and h.member_id = ${sql.ref(`${member}.id`)}`;
}
