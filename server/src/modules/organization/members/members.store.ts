import type { Permission, Role } from "@rainmaker/contracts/organization/permissions";
import { sql } from "kysely";
import { dayIn } from "@rainmaker/contracts/time";
import { requirePermission, type Context } from "#platform/context";
import { invalidField, notFound } from "#platform/errors";
import { requireReach } from "#platform/scope";
import { customRolesOf, replaceCustomRoles } from "../roles/roles.store.ts";
import type { OrganizationContext } from "../organization.context.ts";
import type { Member } from "./member.ts";

type NewMember = Pick<
  Member,
  "id" | "accountId" | "firstName" | "lastName" | "email" | "roles" | "customRoles" | "teamId" | "status"
>;

export async function insertMember(ctx: OrganizationContext, member: NewMember): Promise<void> {
  await ctx.tx
    .insertInto("member")
    .values({
      organization_id: ctx.actor.organizationId,
      id: member.id,
      account_id: member.accountId,
      first_name: member.firstName,
      last_name: member.lastName,
      email: member.email,
      status: member.status,
      team_id: member.teamId,
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
  await replaceRoles(ctx, member.id, member.roles);
  await replaceCustomRoles(ctx, member.id, member.customRoles);
  if (member.teamId !== null) await startMembership(ctx, member.id, member.teamId);
}

/** @throws Refusal 404 */
export async function lockMember(ctx: OrganizationContext, memberId: string): Promise<Member> {
  const row = await ctx.tx
    .selectFrom("member")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", memberId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("member");
  const roles = await ctx.tx
    .selectFrom("member_role")
    .select("role")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("member_id", "=", memberId)
    .orderBy("role")
    .execute();
  return {
    id: row.id,
    accountId: row.account_id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    jobTitle: row.job_title,
    status: row.status as Member["status"],
    roles: roles.map(({ role }) => role as Role),
    customRoles: await customRolesOf(ctx, memberId),
    teamId: row.team_id,
    version: row.version,
  };
}

export async function saveMember(ctx: OrganizationContext, before: Member, after: Member): Promise<void> {
  await ctx.tx
    .updateTable("member")
    .set({
      account_id: after.accountId,
      first_name: after.firstName,
      last_name: after.lastName,
      email: after.email,
      job_title: after.jobTitle,
      status: after.status,
      team_id: after.teamId,
      version: after.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", after.id)
    .execute();
  if (before.roles.join() !== after.roles.join()) await replaceRoles(ctx, after.id, after.roles);
  if (before.customRoles !== after.customRoles) await replaceCustomRoles(ctx, after.id, after.customRoles);
  if (before.teamId !== after.teamId) {
    await endMembership(ctx, after.id);
    if (after.teamId !== null) await startMembership(ctx, after.id, after.teamId);
  }
}

/**
 * Whether the actor may make somebody the owner of a record.
 * @throws Refusal 403 beyond the reach of the permission, 422 where it is not an active member
 */
export async function requireOwner<Tables>(
  ctx: Context<Tables>,
  permission: Permission,
  ownerId: string,
): Promise<void> {
  requirePermission(ctx.actor, permission);
  const { rows } = await sql<{ status: string }>`select status from member
    where organization_id = ${ctx.actor.organizationId} and id = ${ownerId}`.execute(ctx.tx);
  if (rows[0]?.status !== "active") throw invalidField("ownerId", "member_unknown", "There is no such active member");
  await requireReach(ctx, permission, ownerId);
}

/**
 * Whether the actor may take a record from one owner and give it to another, or to nobody.
 * @throws Refusal 403 beyond the reach of the permission, 422 where the new owner is not an active member
 */
export async function requireHandOver<Tables>(
  ctx: Context<Tables>,
  permission: Permission,
  { ownerId: from }: { readonly ownerId: string | null },
  { ownerId: to }: { readonly ownerId: string | null },
): Promise<void> {
  if (from === to) return;
  requirePermission(ctx.actor, permission);
  // Somebody a record was shared with may change it, but not take it over.
  await requireReach(ctx, permission, from);
  if (to !== null) await requireOwner(ctx, permission, to);
}

/** Active admins beside one member. Under the lock of lockStructure: two admins who leave at once wait for each other. */
export async function countOtherAdmins(ctx: OrganizationContext, memberId: string): Promise<number> {
  const { organizationId } = ctx.actor;
  const { count } = await ctx.tx
    .selectFrom("member as m")
    .innerJoin("member_role as r", (join) =>
      join.onRef("r.organization_id", "=", "m.organization_id").onRef("r.member_id", "=", "m.id"),
    )
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("m.organization_id", "=", organizationId)
    .where("m.id", "!=", memberId)
    .where("m.status", "=", "active")
    .where("r.role", "=", "org_admin")
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function findMemberByEmail(
  ctx: OrganizationContext,
  email: string,
): Promise<{ id: string; status: string } | undefined> {
  return ctx.tx
    .selectFrom("member")
    .select(["id", "status"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where(sql<string>`lower(email)`, "=", email)
    .executeTakeFirst();
}

async function replaceRoles(ctx: OrganizationContext, memberId: string, roles: readonly Role[]): Promise<void> {
  const { organizationId } = ctx.actor;
  await ctx.tx
    .deleteFrom("member_role")
    .where("organization_id", "=", organizationId)
    .where("member_id", "=", memberId)
    .execute();
  const rows = [...new Set(roles)].map((role) => ({ organization_id: organizationId, member_id: memberId, role }));
  if (rows.length > 0) await ctx.tx.insertInto("member_role").values(rows).execute();
}

async function startMembership(ctx: OrganizationContext, memberId: string, teamId: string): Promise<void> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  await ctx.tx
    .insertInto("team_membership")
    .values({ organization_id: ctx.actor.organizationId, member_id: memberId, team_id: teamId, during: `[${today},)` })
    .execute();
}

/** The day of the change counts for the new team; a membership of less than a day never was. */
async function endMembership(ctx: OrganizationContext, memberId: string): Promise<void> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { organizationId } = ctx.actor;
  await sql`delete from team_membership where organization_id = ${organizationId} and member_id = ${memberId} and upper_inf(during) and lower(during) >= ${today}::date`.execute(
    ctx.tx,
  );
  await sql`update team_membership set during = daterange(lower(during), ${today}::date)
    where organization_id = ${organizationId} and member_id = ${memberId} and upper_inf(during)`.execute(ctx.tx);
}

type NamedPerson = { readonly id: string; readonly firstName: string; readonly lastName: string };

export async function insertInactiveMembers(ctx: OrganizationContext, people: readonly NamedPerson[]): Promise<void> {
  const organizationId = ctx.actor.organizationId;
  await ctx.tx
    .insertInto("member")
    .values(
      people.map(({ id, firstName, lastName }) => ({
        organization_id: organizationId,
        id,
        first_name: firstName,
        last_name: lastName,
        status: "inactive",
        created_at: ctx.now.toISOString(),
        version: 1,
      })),
    )
    .execute();
  await ctx.tx
    .insertInto("member_role")
    .values(people.map(({ id }) => ({ organization_id: organizationId, member_id: id, role: "sales_rep" })))
    .execute();
}
