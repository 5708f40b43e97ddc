import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { currentUser } from "@rainmaker/contracts/organization/sessions";
import { actingMember } from "#platform/context";
import type { OrganizationContext } from "../organization.context.ts";
import { customGrants, customRefs } from "../roles/held-roles.query.ts";
import { grantsOf } from "../roles/role.ts";
import type { Role } from "@rainmaker/contracts/organization/permissions";

/** The signed-in person as the web and the API show them. */
export async function readUser(ctx: OrganizationContext): Promise<ReplyInput<typeof currentUser>> {
  const memberId = actingMember(ctx);
  return readUserOf(ctx, memberId);
}

export async function readUserOf(ctx: OrganizationContext, memberId: string): Promise<ReplyInput<typeof currentUser>> {
  const row = await ctx.tx
    .selectFrom("member as m")
    .innerJoin("organization as o", "o.id", "m.organization_id")
    .leftJoin("team as t", (join) =>
      join.onRef("t.organization_id", "=", "m.organization_id").onRef("t.id", "=", "m.team_id"),
    )
    .select((eb) => [
      "m.id",
      "m.account_id",
      "m.email",
      "m.first_name",
      "m.last_name",
      "m.team_id",
      "t.name as team_name",
      "o.id as organization_id",
      "o.name as organization_name",
      "o.slug",
      "o.currency",
      "o.time_zone",
      eb
        .selectFrom("member_role as r")
        .select((role) => role.fn.agg<Role[]>("array_agg", ["r.role"]).as("roles"))
        .whereRef("r.organization_id", "=", "m.organization_id")
        .whereRef("r.member_id", "=", "m.id")
        .as("roles"),
      customGrants("m").as("custom_grants"),
      customRefs("m").as("custom_roles"),
    ])
    .where("m.organization_id", "=", ctx.actor.organizationId)
    .where("m.id", "=", memberId)
    .executeTakeFirstOrThrow();
  const roles = row.roles ?? [];
  const grants = grantsOf(roles, row.custom_grants);
  return {
    id: row.id,
    accountId: row.account_id ?? "",
    email: row.email ?? "",
    firstName: row.first_name,
    lastName: row.last_name,
    roles,
    customRoles: row.custom_roles.map(({ name }) => name),
    permissions: [...grants.keys()],
    reach: Object.fromEntries(grants),
    team: row.team_id === null || row.team_name === null ? null : { id: row.team_id, name: row.team_name },
    organization: {
      id: row.organization_id,
      name: row.organization_name,
      slug: row.slug,
      currency: row.currency,
      timeZone: row.time_zone,
    },
  };
}
