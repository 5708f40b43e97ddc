import { sql } from "kysely";
import { nextNumber } from "#modules/records";
import { invalidField, notFound } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import type { Project } from "./project.ts";

export async function insertProject(ctx: RevenueContext, project: Project): Promise<void> {
  await ctx.tx
    .insertInto("project")
    .values({
      organization_id: ctx.actor.organizationId,
      id: project.id,
      number: nextNumber("project"),
      created_by: ctx.actor.memberId,
      created_at: ctx.now.toISOString(),
      ...columnsOf(project),
    })
    .execute();
  await writeTeams(ctx, project);
}

export async function saveProject(ctx: RevenueContext, project: Project): Promise<void> {
  await ctx.tx
    .updateTable("project")
    .set(columnsOf(project))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", project.id)
    .execute();
  await sql`delete from project_team where organization_id = ${ctx.actor.organizationId} and project_id = ${project.id}`.execute(
    ctx.tx,
  );
  await writeTeams(ctx, project);
}

function columnsOf(project: Project) {
  return {
    name: project.name,
    description: project.description,
    budget_minor: project.budgetMinor,
    currency: project.currency,
    starts_on: project.startsOn,
    ends_on: project.endsOn,
    is_closed: project.isClosed,
    version: project.version,
  };
}

async function writeTeams(ctx: RevenueContext, { id, teamIds }: Project): Promise<void> {
  if (teamIds.length === 0) return;
  const values = [...new Set(teamIds)].map((teamId) => ({
    organization_id: ctx.actor.organizationId,
    project_id: id,
    team_id: teamId,
  }));
  await ctx.tx.insertInto("project_team").values(values).execute();
}

/** Loads for update. @throws Refusal 404 */
export async function lockProject(ctx: RevenueContext, projectId: string): Promise<Project> {
  const { organizationId } = ctx.actor;
  const row = await ctx.tx
    .selectFrom("project")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", projectId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("project");
  const teams = await ctx.tx
    .selectFrom("project_team")
    .select("team_id")
    .where("organization_id", "=", organizationId)
    .where("project_id", "=", projectId)
    .orderBy("team_id")
    .execute();
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    teamIds: teams.map((team) => team.team_id),
    budgetMinor: row.budget_minor,
    currency: row.currency,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    isClosed: row.is_closed,
    version: row.version,
  };
}

/** @throws Refusal 422 that names the field, where a team does not exist */
export async function requireTeams(ctx: RevenueContext, teamIds: readonly string[]): Promise<void> {
  if (teamIds.length === 0) return;
  const rows = await ctx.tx
    .selectFrom("organization.team_ref")
    .select("id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "in", [...teamIds])
    .execute();
  if (rows.length < new Set(teamIds).size) throw invalidField("teamIds", "team_unknown", "There is no such team");
}

/** @throws Refusal 422 for a name that an open project has */
export async function refuseTakenName(ctx: RevenueContext, { id, name, isClosed }: Project): Promise<void> {
  if (isClosed) return;
  const { rows } = await sql<{ id: string }>`select id from project where organization_id = ${ctx.actor.organizationId}
    and lower(name) = lower(${name}) and not is_closed and id <> ${id}`.execute(ctx.tx);
  if (rows.length > 0) throw invalidField("name", "name_taken", "An open project has this name already");
}

export async function hasDeals(ctx: RevenueContext, projectId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select id from deal where organization_id = ${ctx.actor.organizationId}
    and project_id = ${projectId} limit 1`.execute(ctx.tx);
  return rows.length > 0;
}

export async function saveDealProject(
  ctx: RevenueContext,
  dealId: string,
  projectId: string | null,
  version: number,
): Promise<void> {
  await sql`update deal set project_id = ${projectId}, version = ${version}
    where organization_id = ${ctx.actor.organizationId} and id = ${dealId}`.execute(ctx.tx);
}
