import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { updateMember as contract } from "@rainmaker/contracts/organization/members";
import { changesBetween, patched } from "#platform/audit";
import { refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { OrganizationContext } from "../organization.context.ts";
import { refuseChangeBeyondOwn, refuseWithoutRole } from "../roles/custom-role.ts";
import { requireRoles } from "../roles/roles.store.ts";
import { endSessionsOf } from "../sessions/end-session.command.ts";
import { requireTeam } from "../teams/teams.store.ts";
import { lockStructure, rewriteVisibleOwners } from "../teams/visible-owners.store.ts";
import { refuseActivatingWithoutAccount, refuseLosingLastAdmin, type Member } from "./member.ts";
import { getMember } from "./members.query.ts";
import { countOtherAdmins, lockMember, saveMember } from "./members.store.ts";

/**
 * Changes a member's name, roles, team or status. What they may see changes with the same commit; their sockets are
 * closed and come back with the new rights, a deactivated member's sessions end.
 */
export async function updateMember(
  ctx: OrganizationContext,
  memberId: string,
  body: BodyOf<typeof contract>,
  { seenVersion }: Asked,
): Promise<void> {
  await lockStructure(ctx); // Before the row, as changes of teams do: they name members.
  const before = await lockMember(ctx, memberId);
  await refuseStale(before, seenVersion, () => getMember(ctx, memberId));
  const { firstName, lastName, jobTitle, teamId, status } = body;
  const roles = body.roles?.toSorted();
  const customRoles = body.customRoleIds === undefined ? undefined : await requireRoles(ctx, body.customRoleIds);
  const after: Member = {
    ...patched(before, { firstName, lastName, jobTitle, roles, customRoles, teamId, status }),
    version: before.version + 1,
  };
  if (roles !== undefined || customRoles !== undefined) refuseWithoutRole([...after.roles, ...after.customRoles]);
  refuseChangeBeyondOwn(ctx.actor, before, after);
  if (teamId != null) await requireTeam(ctx, teamId, "teamId");
  refuseActivatingWithoutAccount(before, after);
  refuseLosingLastAdmin(before, after, await countOtherAdmins(ctx, memberId));
  await saveMember(ctx, before, after);
  await rewriteVisibleOwners(ctx);
  if (before.status === "active" && after.status === "inactive") await endSessionsOf(ctx, memberId, "deactivated");
  announce(ctx, before, after);
}

function announce(ctx: OrganizationContext, before: Member, after: Member): void {
  const name = `${after.firstName} ${after.lastName}`.trim();
  const common = {
    recordId: after.id,
    label: name,
    version: after.version,
    ownerId: after.id,
    changes: changesBetween(told(before), told(after)),
  };
  if (before.status === "active" && after.status === "inactive")
    ctx.emit({ type: "member.deactivated", ...common, facts: { name } });
  else ctx.emit({ type: "member.changed", ...common, facts: {} });
}

/** A member as the log tells of one: roles of the organization's own by name. */
function told({ customRoles, ...member }: Member): object {
  return { ...member, customRoles: customRoles.map(({ name }) => name) };
}
