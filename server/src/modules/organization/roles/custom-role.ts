import { type Permission, type Reach, type Role } from "@rainmaker/contracts/organization/permissions";
import { hasReach } from "@rainmaker/contracts/organization/reach";
import { invalidField, Refusal } from "#platform/errors";
import { grantsOf, isWider, type Grants } from "./role.ts";

/** A role the organization made for itself. */
export type CustomRole = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly grants: Grants;
  readonly version: number;
};

type Giver = { readonly roles: readonly Role[]; readonly grants: ReadonlyMap<Permission, Reach> };

/**
 * Reads grants from a request.
 * @throws Refusal 422 for a permission named twice, or given with a reach that means nothing for it
 */
export function readGrants(list: readonly { permission: Permission; reach: Reach }[]): Grants {
  const grants: Partial<Record<Permission, Reach>> = {};
  for (const [index, { permission, reach }] of list.entries()) {
    if (permission in grants)
      throw invalidField(`grants.${index}.permission`, "permission_twice", `${permission} is named twice`);
    if (!hasReach(permission) && reach !== "all") {
      const message = `${permission} is held for the whole organization or not at all`;
      throw invalidField(`grants.${index}.reach`, "reach_without_owner", message);
    }
    grants[permission] = reach;
  }
  return grants;
}

/** Whether somebody holds all of this, as far as it reaches: only then may they give it to anybody, or take it away. */
export function mayGive(giver: Giver, grants: Grants): boolean {
  return beyondOwn(giver, grants) === undefined;
}

/**
 * Nobody gives more than they hold. An admin may give everything: what they must not do themselves, such as verify a
 * payment, is somebody else's by role.
 * @throws Refusal 403 that names the first permission beyond the giver's own
 */
export function refuseGivingBeyondOwn(giver: Giver, grants: Grants): void {
  const permission = beyondOwn(giver, grants);
  if (permission === undefined) return;
  const message = `You cannot give ${permission} further than you hold it yourself`;
  throw new Refusal("forbidden", "beyond_own_scope", message, {
    errors: [{ path: "grants", code: "beyond_own_scope", message }],
  });
}

function beyondOwn({ roles, grants: own }: Giver, grants: Grants): Permission | undefined {
  if (roles.includes("org_admin")) return undefined;
  return (Object.entries(grants) as [Permission, Reach][]).find(([permission, reach]) => {
    const held = own.get(permission);
    return held === undefined || isWider(reach, held);
  })?.[0];
}

/** Roles as somebody holds them. */
export type Held = { readonly roles: readonly Role[]; readonly customRoles: readonly CustomRole[] };

/**
 * Whoever changes somebody's roles has to hold what is given and what is taken away.
 * @throws Refusal 403
 */
export function refuseChangeBeyondOwn(giver: Giver, before: Held, after: Held): void {
  const changed = {
    roles: differing(before.roles, after.roles, (role) => role),
    customRoles: differing(before.customRoles, after.customRoles, ({ id }) => id),
  };
  const grants = grantsOf(
    changed.roles,
    changed.customRoles.map((role) => role.grants),
  );
  refuseGivingBeyondOwn(giver, Object.fromEntries(grants) as Grants);
}

function differing<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return [...before.filter((item) => !now.has(keyOf(item))), ...after.filter((item) => !old.has(keyOf(item)))];
}

/** @throws Refusal 422 for somebody without any role: they could not even see that they have none */
export function refuseWithoutRole(roles: readonly unknown[]): void {
  if (roles.length === 0) throw invalidField("roles", "role_needed", "Choose at least one role");
}
