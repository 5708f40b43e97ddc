import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { previewRole as contract } from "@rainmaker/contracts/organization/roles";
import { scopedEntities, type Permission, type Reach } from "@rainmaker/contracts/organization/permissions";
import { hasReach } from "@rainmaker/contracts/organization/reach";
import { actingMember, type Actor, type Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { widen } from "#platform/scope";
import { countsInSight } from "../organization.ports.ts";
import { readPerson } from "./preview-role.query.ts";
import { refuseGivingBeyondOwn } from "./custom-role.ts";
import { grantsOf, roleDefinitions, type Grants } from "./role.ts";
import { lockRole } from "./roles.store.ts";

/** What somebody with the role would see and might do in a member's place. Changes nothing but the log. */
export async function previewRole(ctx: Context, body: BodyOf<typeof contract>): Promise<ReplyInput<typeof contract>> {
  const { name, grants } = await roleOf(ctx, body);
  refuseGivingBeyondOwn(ctx.actor, grants);
  const member = await readPerson(ctx, body.memberId ?? actingMember(ctx));
  const held = grantsOf([], [grants]);
  const looker: Actor = {
    ...ctx.actor,
    memberId: member.id,
    sessionId: null,
    name: member.name,
    roles: [],
    grants: held,
    ownersInSight: member.ownersInSight,
  };
  widen(ctx); // The looker may see what the asker does not: all it is told is how many.
  const counts = new Map((await countsInSight.ask(ctx, { looker })).map(({ entity, count }) => [entity, count]));
  ctx.emit({
    type: "role.previewed",
    recordId: body.roleId ?? null,
    label: name,
    facts: { name, memberId: member.id },
  });
  return {
    name,
    member: { id: member.id, name: member.name },
    entities: scopedEntities.map((entity) => ({
      entity,
      reach: held.get(`${entity}.read`) ?? null,
      count: counts.get(entity) ?? 0,
      actions: actionsOn(entity, held),
    })),
    others: [...held.keys()].filter((permission) => !hasReach(permission)),
  };
}

async function roleOf(
  ctx: Context,
  { role, roleId }: BodyOf<typeof contract>,
): Promise<{ name: string; grants: Grants }> {
  if ((role === undefined) === (roleId === undefined))
    throw invalidField("role", "role_or_id", "Name a role of the product or one of the organization's own");
  if (roleId !== undefined) return lockRole(ctx, roleId);
  return roleDefinitions[role ?? "viewer"];
}

function actionsOn(entity: string, held: ReadonlyMap<Permission, Reach>): { action: string; reach: Reach }[] {
  return [...held].flatMap(([permission, reach]) => {
    const [on, action = ""] = permission.split(".");
    return on === entity && action !== "read" ? [{ action, reach }] : [];
  });
}
