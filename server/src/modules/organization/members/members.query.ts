import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { getMember as getContract, listMembers as listContract } from "@rainmaker/contracts/organization/members";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { sql, type SqlBool } from "kysely";
import { notFound } from "#platform/errors";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { customRefs } from "../roles/held-roles.query.ts";
import type { OrganizationContext } from "../organization.context.ts";

type Reply = ReplyInput<typeof getContract>;

export async function listMembers(
  ctx: OrganizationContext,
  query: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const rows = await selectMembers(ctx)
    .$if(after !== null, (qb) => qb.where(sql<SqlBool>`(m.name, m.id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .$if(query.status !== undefined, (qb) => qb.where("m.status", "=", query.status ?? ""))
    .$if(query.teamId !== undefined, (qb) => qb.where("m.team_id", "=", query.teamId ?? ""))
    .orderBy("m.name")
    .orderBy("m.id")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toReply),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.name, last.id]) : null,
  };
}

/** @throws Refusal 404 */
export async function getMember(ctx: OrganizationContext, memberId: string): Promise<Reply> {
  const row = await selectMembers(ctx).where("m.id", "=", memberId).executeTakeFirst();
  if (row === undefined) throw notFound("member");
  return toReply(row);
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely's builder type is its own documentation
function selectMembers(ctx: OrganizationContext) {
  return ctx.tx
    .selectFrom("member as m")
    .leftJoin("team as t", (join) =>
      join.onRef("t.organization_id", "=", "m.organization_id").onRef("t.id", "=", "m.team_id"),
    )
    .select((eb) => [
      "m.id",
      "m.name",
      "m.first_name",
      "m.last_name",
      "m.email",
      "m.job_title",
      "m.status",
      "m.team_id",
      "m.last_seen_at",
      "m.created_at",
      "m.version",
      "t.name as team_name",
      eb
        .selectFrom("member_role as r")
        .select(sql<Role[]>`array_agg(r.role order by r.role)`.as("roles"))
        .whereRef("r.organization_id", "=", "m.organization_id")
        .whereRef("r.member_id", "=", "m.id")
        .as("roles"),
      customRefs("m").as("custom_roles"),
    ])
    .where("m.organization_id", "=", ctx.actor.organizationId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMembers>["execute"]>>[number];

function toReply(row: Row): Reply {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    jobTitle: row.job_title,
    status: row.status as Reply["status"],
    roles: row.roles ?? [],
    customRoles: row.custom_roles,
    team: row.team_id === null || row.team_name === null ? null : { id: row.team_id, name: row.team_name },
    lastSeenAt: row.last_seen_at,
    createdAt: row.created_at,
    version: row.version,
  };
}
