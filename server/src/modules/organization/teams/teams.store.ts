import { invalidField, notFound, Refusal } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";
import type { Team } from "./team.ts";

export async function insertTeam(ctx: OrganizationContext, team: Team): Promise<void> {
  await ctx.tx
    .insertInto("team")
    .values({
      organization_id: ctx.actor.organizationId,
      id: team.id,
      name: team.name,
      parent_id: team.parentId,
      leader_id: team.leaderId,
      created_at: ctx.now.toISOString(),
      version: team.version,
    })
    .execute();
}

/** @throws Refusal 404 */
export async function lockTeam(ctx: OrganizationContext, teamId: string): Promise<Team> {
  const row = await ctx.tx
    .selectFrom("team")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", teamId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("team");
  return { id: row.id, name: row.name, parentId: row.parent_id, leaderId: row.leader_id, version: row.version };
}

export async function saveTeam(ctx: OrganizationContext, team: Team): Promise<void> {
  await ctx.tx
    .updateTable("team")
    .set({ name: team.name, parent_id: team.parentId, leader_id: team.leaderId, version: team.version })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", team.id)
    .execute();
}

export async function readParents(ctx: OrganizationContext): Promise<Map<string, string | null>> {
  const rows = await ctx.tx
    .selectFrom("team")
    .select(["id", "parent_id"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .execute();
  return new Map(rows.map((row) => [row.id, row.parent_id]));
}

/** @throws Refusal 422 that names the field of the request */
export async function requireTeam(ctx: OrganizationContext, teamId: string, path: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom("team")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", teamId)
    .executeTakeFirst();
  if (row === undefined) throw invalidField(path, "team_unknown", "There is no such team");
}

/** @throws Refusal 422 that names the field of the request */
export async function requireMember(ctx: OrganizationContext, memberId: string, path: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom("member")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", memberId)
    .executeTakeFirst();
  if (row === undefined) throw invalidField(path, "member_unknown", "There is no such member");
}

/** @throws Refusal 409 where another team has the name */
export async function refuseTakenName(ctx: OrganizationContext, name: string, except: string | null): Promise<void> {
  const taken = await ctx.tx
    .selectFrom("team")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where(({ fn }) => fn<string>("lower", ["name"]), "=", name.toLowerCase())
    .executeTakeFirst();
  if (taken !== undefined && taken.id !== except) {
    const message = "Another team has this name";
    throw new Refusal("conflict", "team_name_taken", message, {
      errors: [{ path: "name", code: "team_name_taken", message }],
    });
  }
}
