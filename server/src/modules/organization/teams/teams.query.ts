import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { createTeam, listTeams as listContract } from "@rainmaker/contracts/organization/members";
import { notFound } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";

type Reply = ReplyInput<typeof createTeam>;

export async function listTeams(ctx: OrganizationContext): Promise<ReplyInput<typeof listContract>> {
  const rows = await selectTeams(ctx).orderBy("t.name").execute();
  return { items: rows.map(toReply) };
}

/** @throws Refusal 404 */
export async function getTeam(ctx: OrganizationContext, teamId: string): Promise<Reply> {
  const row = await selectTeams(ctx).where("t.id", "=", teamId).executeTakeFirst();
  if (row === undefined) throw notFound("team");
  return toReply(row);
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely's builder type is its own documentation
function selectTeams(ctx: OrganizationContext) {
  return ctx.tx
    .selectFrom("team as t")
    .leftJoin("member as l", (join) =>
      join.onRef("l.organization_id", "=", "t.organization_id").onRef("l.id", "=", "t.leader_id"),
    )
    .select((eb) => [
      "t.id",
      "t.name",
      "t.parent_id",
      "t.leader_id",
      "t.version",
      "l.name as leader_name",
      eb
        .selectFrom("member as m")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .whereRef("m.organization_id", "=", "t.organization_id")
        .whereRef("m.team_id", "=", "t.id")
        .where("m.status", "=", "active")
        .as("member_count"),
    ])
    .where("t.organization_id", "=", ctx.actor.organizationId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTeams>["execute"]>>[number];

function toReply(row: Row): Reply {
  return {
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    leader: row.leader_id === null || row.leader_name === null ? null : { id: row.leader_id, name: row.leader_name },
    memberCount: Number(row.member_count ?? 0),
    version: row.version,
  };
}
