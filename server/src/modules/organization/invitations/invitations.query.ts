import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  listInvitations as listContract,
  renewInvitation as linkContract,
} from "@rainmaker/contracts/organization/members";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { sql, type SqlBool } from "kysely";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import type { OrganizationContext } from "../organization.context.ts";
import { linkOf, statusOf, type Invited } from "./invitation.ts";

type List = ReplyInput<typeof listContract>;
type Item = List["items"][number];

/** Invitations that are neither used nor withdrawn, newest first. */
export async function listInvitations(ctx: OrganizationContext, query: QueryOf<typeof listContract>): Promise<List> {
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text"]);
  const rows = await selectInvitations(ctx)
    .where("i.accepted_at", "is", null)
    .where("i.revoked_at", "is", null)
    .$if(after !== null, (qb) =>
      qb.where(sql<SqlBool>`(i.invited_at, i.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy("i.invited_at", "desc")
    .orderBy("i.id", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => toItem(row, ctx.now)),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf([last.invited_at, last.id]) : null,
  };
}

/** Invitations with their links, for whoever has just made them. */
export async function linksOf(
  ctx: OrganizationContext,
  publicUrl: string,
  invited: readonly Invited[],
): Promise<ReplyInput<typeof linkContract>[]> {
  const rows = await selectInvitations(ctx)
    .where(
      "i.id",
      "in",
      invited.map(({ invitationId }) => invitationId),
    )
    .execute();
  return invited.flatMap(({ invitationId, token }) => {
    const row = rows.find(({ id }) => id === invitationId);
    return row === undefined ? [] : [{ ...toItem(row, ctx.now), token, url: linkOf(publicUrl, token) }];
  });
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- Kysely's builder type is its own documentation
function selectInvitations(ctx: OrganizationContext) {
  return ctx.tx
    .selectFrom("invitation as i")
    .leftJoin("team as t", (join) =>
      join.onRef("t.organization_id", "=", "i.organization_id").onRef("t.id", "=", "i.team_id"),
    )
    .select([
      "i.id",
      "i.email",
      "i.roles",
      sql<
        { id: string; name: string }[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name), '[]')
        from custom_role c where c.organization_id = i.organization_id and c.id = any(i.custom_role_ids))`.as(
        "custom_roles",
      ),
      "i.team_id",
      "t.name as team_name",
      "i.member_id",
      "i.invited_by",
      "i.invited_at",
      "i.expires_at",
      "i.accepted_at",
      "i.revoked_at",
    ])
    .where("i.organization_id", "=", ctx.actor.organizationId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectInvitations>["execute"]>>[number];

function toItem(row: Row, now: Date): Item {
  const roles = row.roles as Role[];
  const status = statusOf(
    {
      id: row.id,
      email: row.email,
      roles,
      customRoleIds: [],
      teamId: row.team_id,
      memberId: row.member_id,
      invitedBy: row.invited_by,
      invitedAt: row.invited_at,
      expiresAt: row.expires_at,
      acceptedAt: row.accepted_at,
      revokedAt: row.revoked_at,
    },
    now,
  );
  return {
    id: row.id,
    email: row.email,
    roles,
    customRoles: row.custom_roles,
    team: row.team_id === null || row.team_name === null ? null : { id: row.team_id, name: row.team_name },
    memberId: row.member_id,
    status,
    invitedAt: row.invited_at,
    expiresAt: row.expires_at,
  };
}
