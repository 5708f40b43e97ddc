import { sql } from "kysely";
import { invalidField, notFound, Refusal } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";
import type { CustomRole } from "./custom-role.ts";
import type { Grants } from "./role.ts";

export async function insertRole(ctx: OrganizationContext, role: CustomRole): Promise<void> {
  const at = ctx.now.toISOString();
  const { id, name, description, version } = role;
  await ctx.tx
    .insertInto("custom_role")
    .values({
      organization_id: ctx.actor.organizationId,
      id,
      name,
      description,
      grants: JSON.stringify(role.grants),
      created_at: at,
      updated_at: at,
      version,
    })
    .execute();
}

/** @throws Refusal 404 */
export async function lockRole(ctx: OrganizationContext, roleId: string): Promise<CustomRole> {
  const row = await ctx.tx
    .selectFrom("custom_role")
    .select(["id", "name", "description", "grants", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", roleId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("role");
  return { ...row, grants: row.grants as Grants };
}

export async function saveRole(ctx: OrganizationContext, role: CustomRole): Promise<void> {
  await ctx.tx
    .updateTable("custom_role")
    .set({
      name: role.name,
      description: role.description,
      grants: JSON.stringify(role.grants),
      updated_at: ctx.now.toISOString(),
      version: role.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", role.id)
    .execute();
}

/** @throws Refusal 409 while somebody holds it or is invited with it */
export async function removeRole(ctx: OrganizationContext, roleId: string): Promise<void> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{ holders: number; invited: number }>`
    select (select count(*)::int from member_custom_role where organization_id = ${organizationId} and role_id = ${roleId}) as holders,
      (select count(*)::int from invitation where organization_id = ${organizationId} and ${roleId} = any(custom_role_ids)
        and accepted_at is null and revoked_at is null) as invited`.execute(ctx.tx);
  const { holders = 0, invited = 0 } = rows[0] ?? {};
  if (holders + invited > 0) {
    const message = `${holders} hold this role and ${invited} are invited with it; give them another one first`;
    throw new Refusal("conflict", "role_in_use", message);
  }
  await ctx.tx
    .deleteFrom("custom_role")
    .where("organization_id", "=", organizationId)
    .where("id", "=", roleId)
    .execute();
}

/** @throws Refusal 409 where another role has the name */
export async function refuseTakenRoleName(ctx: OrganizationContext, name: string, except: string): Promise<void> {
  const taken = await ctx.tx
    .selectFrom("custom_role")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where(({ fn }) => fn<string>("lower", ["name"]), "=", name.toLowerCase())
    .executeTakeFirst();
  if (taken === undefined || taken.id === except) return;
  const message = "Another role has this name";
  throw new Refusal("conflict", "role_name_taken", message, {
    errors: [{ path: "name", code: "role_name_taken", message }],
  });
}

/**
 * Roles of the organization's own by id, held against deletion until commit.
 * @throws Refusal 422 that names the first there is not
 */
export async function requireRoles(ctx: OrganizationContext, ids: readonly string[]): Promise<CustomRole[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.tx
    .selectFrom("custom_role")
    .select(["id", "name", "description", "grants", "version"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "in", [...ids])
    .forShare()
    .execute();
  const found = new Map(rows.map((row) => [row.id, { ...row, grants: row.grants as Grants }]));
  const missing = ids.findIndex((id) => !found.has(id));
  if (missing >= 0) throw invalidField(`customRoleIds.${missing}`, "role_unknown", "There is no such role");
  return [...found.values()];
}

/** The organization's own roles of a member. */
export async function customRolesOf(ctx: OrganizationContext, memberId: string): Promise<CustomRole[]> {
  const rows = await ctx.tx
    .selectFrom("member_custom_role as h")
    .innerJoin("custom_role as c", (join) =>
      join.onRef("c.organization_id", "=", "h.organization_id").onRef("c.id", "=", "h.role_id"),
    )
    .select(["c.id", "c.name", "c.description", "c.grants", "c.version"])
    .where("h.organization_id", "=", ctx.actor.organizationId)
    .where("h.member_id", "=", memberId)
    .orderBy("c.name")
    .execute();
  return rows.map((row) => ({ ...row, grants: row.grants as Grants }));
}

export async function replaceCustomRoles(
  ctx: OrganizationContext,
  memberId: string,
  roles: readonly Pick<CustomRole, "id">[],
): Promise<void> {
  const { organizationId } = ctx.actor;
  await ctx.tx
    .deleteFrom("member_custom_role")
    .where("organization_id", "=", organizationId)
    .where("member_id", "=", memberId)
    .execute();
  const rows = roles.map(({ id }) => ({ organization_id: organizationId, member_id: memberId, role_id: id }));
  if (rows.length > 0) await ctx.tx.insertInto("member_custom_role").values(rows).execute();
}
