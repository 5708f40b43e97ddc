import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  createRole as createContract,
  updateRole as updateContract,
} from "@rainmaker/contracts/organization/roles";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { OrganizationContext } from "../organization.context.ts";
import { lockStructure } from "../teams/visible-owners.store.ts";
import { readGrants, refuseGivingBeyondOwn, type CustomRole } from "./custom-role.ts";
import { getRole } from "./roles.query.ts";
import { insertRole, lockRole, refuseTakenRoleName, removeRole, saveRole } from "./roles.store.ts";

export async function createRole(ctx: OrganizationContext, body: BodyOf<typeof createContract>): Promise<string> {
  const { name, description = "" } = body;
  const role: CustomRole = { id: uuidv7(), name, description, grants: readGrants(body.grants), version: 1 };
  refuseGivingBeyondOwn(ctx.actor, role.grants);
  await lockStructure(ctx); // Two roles of one name at once would both find it free.
  await refuseTakenRoleName(ctx, name, role.id);
  await insertRole(ctx, role);
  ctx.emit({
    type: "role.created",
    recordId: role.id,
    label: name,
    version: 1,
    changes: changesBetween({}, flat(role)),
    facts: { name },
  });
  return role.id;
}

/** Whoever holds the role sees and may do what it says from the next request on; their sockets come back anew. */
export async function updateRole(
  ctx: OrganizationContext,
  roleId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  await lockStructure(ctx);
  const before = await lockRole(ctx, roleId);
  await refuseStale(before, seenVersion, () => getRole(ctx, roleId));
  const { name, description } = body;
  const grants = body.grants === undefined ? undefined : readGrants(body.grants);
  const after = { ...patched(before, { name, description, grants }), version: before.version + 1 };
  // What is taken away counts too: a role beyond one's own is somebody else's to change.
  refuseGivingBeyondOwn(ctx.actor, before.grants);
  refuseGivingBeyondOwn(ctx.actor, after.grants);
  await refuseTakenRoleName(ctx, after.name, roleId);
  await saveRole(ctx, after);
  ctx.emit({
    type: "role.changed",
    recordId: roleId,
    label: after.name,
    version: after.version,
    changes: changesBetween(flat(before), flat(after)),
    facts: { name: after.name },
  });
}

export async function deleteRole(ctx: OrganizationContext, roleId: string, { seenVersion }: Asked): Promise<void> {
  await lockStructure(ctx);
  const role = await lockRole(ctx, roleId);
  await refuseStale(role, seenVersion, () => getRole(ctx, roleId));
  refuseGivingBeyondOwn(ctx.actor, role.grants);
  await removeRole(ctx, roleId);
  ctx.emit({
    type: "role.deleted",
    recordId: roleId,
    label: role.name,
    version: role.version,
    changes: changesBetween(flat(role), {}),
    facts: { name: role.name },
  });
}

/** A permission is a field of its own in the log: "customer.read: team → all". */
function flat({ name, description, grants }: CustomRole): object {
  return { name, description, ...grants };
}
