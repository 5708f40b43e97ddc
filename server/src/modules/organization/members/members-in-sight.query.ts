import type { Permission, Role } from "@rainmaker/contracts/organization/permissions";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { customGrants } from "../roles/held-roles.query.ts";
import { grantsOf, roleDefinitions, type Grants } from "../roles/role.ts";

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
  const rows = await readLookers(ctx, memberIds);
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

/**
 * Which roles of the actor give a permission as far as they hold it, by name.
 */
export async function rolesGiving(ctx: Context, permission: Permission): Promise<string[]> {
  const { rows } = await sql<{ role: Role | null; name: string | null; grants: Grants }>`
    select r.role, null as name, '{}'::jsonb as grants from member_role r
      where r.organization_id = ${ctx.actor.organizationId} and r.member_id = ${ctx.actor.memberId}
    union all select null, c.name::text, c.grants from member_custom_role h
      join custom_role c on c.organization_id = h.organization_id and c.id = h.role_id
      where h.organization_id = ${ctx.actor.organizationId} and h.member_id = ${ctx.actor.memberId}`.execute(ctx.tx);
  const held = ctx.actor.grants.get(permission);
  return rows.flatMap(({ role, name, grants }) => {
    const definition = role === null ? { name: name ?? "", grants } : roleDefinitions[role];
    return definition.grants[permission] === held ? [definition.name] : [];
  });
}

/**
 * An active member whose roles show any record of this kind.
 * @returns their name
 * @throws Refusal 422 at the path for somebody else
 */
export async function requireReader(
  ctx: Context,
  memberId: string,
  permission: Permission,
  path: string,
): Promise<string> {
  const [row] = await readLookers(ctx, [memberId]);
  if (row === undefined || row.status !== "active")
    throw invalidField(path, "member_unknown", "There is no such active member");
  if (!grantsOf(row.roles, row.custom_grants).has(permission))
    throw invalidField(path, "role_without_sight", `No role of ${row.name} lets them see anything like this`);
  return row.name;
}

async function readLookers(ctx: Context, memberIds: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select m.id, m.name::text as name, m.status, array(select r.role from member_role r
      where r.organization_id = m.organization_id and r.member_id = m.id) as roles,
      ${customGrants("m")} as custom_grants
    from member m where m.organization_id = ${ctx.actor.organizationId} and m.id = any(${[...memberIds]}::uuid[])`.execute(
    ctx.tx,
  );
  return rows;
}
