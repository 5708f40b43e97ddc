import type { Permission, Role } from "@rainmaker/contracts/organization/permissions";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { customGrants } from "../roles/held-roles.query.ts";
import { grantsOf, type Grants } from "../roles/role.ts";

export type Looker = { readonly id: string; readonly name: string; readonly sees: boolean };

type Row = { id: string; name: string; roles: Role[]; custom_grants: Grants[]; status: string };

/**
 * Which of these members see, by a permission, what belongs to one of these owners. Somebody inactive sees nothing.
 * @param path of the ids in the request
 * @throws Refusal 422 that names the first member there is not
 */
export async function membersWhoSee(
  ctx: Context,
  permission: Permission,
  memberIds: readonly string[],
  ownerIds: readonly (string | null)[],
  path: string,
): Promise<Looker[]> {
  if (memberIds.length === 0) return [];
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Row>`
    select m.id, m.name::text as name, m.status, array(select r.role from member_role r
      where r.organization_id = m.organization_id and r.member_id = m.id) as roles,
      ${customGrants("m")} as custom_grants
    from member m where m.organization_id = ${organizationId} and m.id = any(${[...memberIds]}::uuid[])`.execute(
    ctx.tx,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const unknown = memberIds.findIndex((id) => !byId.has(id));
  if (unknown >= 0) throw invalidField(`${path}.${unknown}`, "member_unknown", "There is no such member");
  const reaching = await ownersReached(ctx, rows, permission, ownerIds);
  return memberIds.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [{ id, name: row.name, sees: row.status === "active" && reaching.has(id) }];
  });
}

async function ownersReached(
  ctx: Context,
  rows: readonly Row[],
  permission: Permission,
  ownerIds: readonly (string | null)[],
): Promise<Set<string>> {
  const reaches = rows.flatMap(({ id, roles, custom_grants: custom }) => {
    const reach = grantsOf(roles, custom).get(permission);
    return reach === undefined ? [] : [{ id, reach }];
  });
  const { rows: found } = await sql<{ id: string }>`
    select distinct v.member_id as id from visible_owner v
    join jsonb_to_recordset(${JSON.stringify(reaches)}::jsonb) as g(id uuid, reach text) on g.id = v.member_id and g.reach = v.reach
    where v.organization_id = ${ctx.actor.organizationId} and v.owner_id = any(${ownerIds.filter((id) => id !== null)}::uuid[])`.execute(
    ctx.tx,
  );
  const everything = reaches.filter(({ reach }) => reach === "all").map(({ id }) => id);
  return new Set([...everything, ...found.map(({ id }) => id)]);
}
