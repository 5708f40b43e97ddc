import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { getRole as getContract, listRoles as listContract } from "@rainmaker/contracts/organization/roles";
import { roles, type Role } from "@rainmaker/contracts/organization/permissions";
import { sql, type RawBuilder } from "kysely";
import { holds, type Actor } from "#platform/context";
import { notFound } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";
import { mayGive } from "./custom-role.ts";
import { listOf, roleDefinitions, type Grants } from "./role.ts";

type Row = {
  id: string;
  name: string;
  description: string;
  grants: Grants;
  updated_at: string;
  version: number;
  holders: number;
};
type Reply = ReplyInput<typeof getContract>;

/** The product's roles and the organization's own, each with how many active members hold it. */
export async function listRoles(ctx: OrganizationContext): Promise<ReplyInput<typeof listContract>> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ held: Partial<Record<Role, number>>; custom: Row[] }>`
    select (select coalesce(jsonb_object_agg(h.role, h.holders), '{}') from (select r.role, count(*) as holders from member_role r
        join member m on m.organization_id = r.organization_id and m.id = r.member_id and m.status = 'active'
        where r.organization_id = ${organizationId} group by r.role) h) as held,
      (select coalesce(jsonb_agg(c order by c.name, c.id), '[]') from (${customRoles(ctx)}) c) as custom`.execute(
    ctx.tx,
  );
  const { held = {}, custom = [] } = rows[0] ?? {};
  return {
    items: roles.map((role) => {
      const { name, description, grants } = roleDefinitions[role];
      return { role, name, description, grants: listOf(grants), memberCount: held[role] ?? 0 };
    }),
    custom: custom.map((row) => toReply(ctx.actor, row)),
  };
}

/** @throws Refusal 404 */
export async function getRole(ctx: OrganizationContext, roleId: string): Promise<Reply> {
  const { rows } = await sql<Row>`${customRoles(ctx)} and c.id = ${roleId}`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("role");
  return toReply(ctx.actor, row);
}

function customRoles(ctx: OrganizationContext): RawBuilder<unknown> {
  return sql`select c.id, c.name, c.description, c.grants, c.version,
      to_char(c.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as updated_at,
      (select count(*)::int from member_custom_role h
        join member m on m.organization_id = h.organization_id and m.id = h.member_id and m.status = 'active'
        where h.organization_id = c.organization_id and h.role_id = c.id) as holders
    from custom_role c where c.organization_id = ${ctx.actor.organizationId}`;
}

function toReply(actor: Actor, { holders, grants, updated_at: updatedAt, ...row }: Row): Reply {
  const mayEdit = holds(actor, "role.edit") && mayGive(actor, grants);
  return { ...row, grants: listOf(grants), memberCount: holders, updatedAt, mayEdit };
}
