import type { CustomRole, Grant } from "@rainmaker/contracts/organization/roles";
import { permissions, type Permission } from "@rainmaker/contracts/organization/permissions";
import { permissionLabel, reachWords, type CellReach } from "./permission-words.ts";

/** Cells that were changed and not saved yet, by role and permission. */
export type RoleDraft = Readonly<Record<string, Readonly<Partial<Record<Permission, CellReach>>>>>;

type Given = Pick<CustomRole, "id" | "grants">;

export function reachIn(grants: readonly Grant[], permission: Permission): CellReach {
  return grants.find((grant) => grant.permission === permission)?.reach ?? "none";
}

/** A cell as it is shown: as it was changed, or as it is kept. */
export function shownReach(draft: RoleDraft, role: Given, permission: Permission): CellReach {
  return draft[role.id]?.[permission] ?? reachIn(role.grants, permission);
}

/** A cell that is put back to what it was is no change. */
export function withCell(draft: RoleDraft, role: Given, permission: Permission, reach: CellReach): RoleDraft {
  const { [permission]: _before, ...others } = draft[role.id] ?? {};
  const cells = reach === reachIn(role.grants, permission) ? others : { ...others, [permission]: reach };
  const { [role.id]: _role, ...rest } = draft;
  return Object.keys(cells).length === 0 ? rest : { ...rest, [role.id]: cells };
}

/** What is sent for a role: its grants with the changed cells. */
export function grantsAfter(draft: RoleDraft, role: Given): Grant[] {
  return permissions.flatMap((permission) => {
    const reach = shownReach(draft, role, permission);
    return reach === "none" ? [] : [{ permission, reach }];
  });
}

export type CellChange = { readonly role: string; readonly permission: Permission; readonly text: string };

/** "Coach, view customers: Own → Team", one for each changed cell. */
export function changesOf(draft: RoleDraft, roles: readonly CustomRole[]): readonly CellChange[] {
  return roles.flatMap((role) =>
    differences(role.grants, grantsAfter(draft, role)).map(({ permission, text }) => ({
      role: role.name,
      permission,
      text: `${role.name}, ${text}`,
    })),
  );
}

/** What somebody else changed between two states of a role: "view customers: Own → Team". */
export function differences(
  before: readonly Grant[],
  after: readonly Grant[],
): readonly { readonly permission: Permission; readonly text: string }[] {
  return permissions.flatMap((permission) => {
    const [was, is] = [reachIn(before, permission), reachIn(after, permission)];
    if (was === is) return [];
    const label = permissionLabel(permission);
    const text = `${label.charAt(0).toLowerCase()}${label.slice(1)}: ${reachWords[was].label} → ${reachWords[is].label}`;
    return [{ permission, text }];
  });
}
