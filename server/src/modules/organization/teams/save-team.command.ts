import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  createTeam as createContract,
  updateTeam as updateContract,
} from "@rainmaker/contracts/organization/members";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { OrganizationContext } from "../organization.context.ts";
import { refuseCycle, type Team } from "./team.ts";
import {
  insertTeam,
  lockTeam,
  readParents,
  refuseTakenName,
  requireMember,
  requireTeam,
  saveTeam,
} from "./teams.store.ts";
import { getTeam } from "./teams.query.ts";
import { lockStructure, rewriteVisibleOwners } from "./visible-owners.store.ts";

export async function createTeam(ctx: OrganizationContext, body: BodyOf<typeof createContract>): Promise<string> {
  const team: Team = {
    id: uuidv7(),
    name: body.name,
    parentId: body.parentId ?? null,
    leaderId: body.leaderId ?? null,
    version: 1,
  };
  await lockStructure(ctx);
  await checkTeam(ctx, team);
  await insertTeam(ctx, team);
  await rewriteVisibleOwners(ctx);
  ctx.emit({ type: "team.created", recordId: team.id, label: team.name, version: 1, facts: { name: team.name } });
  return team.id;
}

/** What members see follows a new leader or parent in the same commit. */
export async function updateTeam(
  ctx: OrganizationContext,
  teamId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  await lockStructure(ctx); // Two moves at once could close a ring that neither sees.
  const before = await lockTeam(ctx, teamId);
  await refuseStale(before, seenVersion, () => getTeam(ctx, teamId));
  const { name, parentId, leaderId } = body;
  const after = { ...patched(before, { name, parentId, leaderId }), version: before.version + 1 };
  await checkTeam(ctx, after);
  await saveTeam(ctx, after);
  await rewriteVisibleOwners(ctx);
  ctx.emit({
    type: "team.changed",
    recordId: after.id,
    label: after.name,
    version: after.version,
    changes: changesBetween(before, after),
    facts: { name: after.name },
  });
}

async function checkTeam(ctx: OrganizationContext, team: Team): Promise<void> {
  await refuseTakenName(ctx, team.name, team.id);
  if (team.parentId !== null) await requireTeam(ctx, team.parentId, "parentId");
  if (team.leaderId !== null) await requireMember(ctx, team.leaderId, "leaderId");
  refuseCycle(team.id, team.parentId, await readParents(ctx));
}
