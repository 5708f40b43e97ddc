import type { CustomRole } from "@rainmaker/contracts/organization/roles";
import { permissions } from "@rainmaker/contracts/organization/permissions";
import { expect, test } from "vitest";
import { permissionGroups, permissionLabel } from "./permission-words.ts";
import { changesOf, differences, grantsAfter, shownReach, withCell } from "./role-draft.ts";

const role = {
  id: "r1",
  name: "Coach",
  grants: [
    { permission: "customer.read", reach: "own" },
    { permission: "audit.read", reach: "all" },
  ],
} as unknown as CustomRole;

test("a changed cell is shown, sent and told; put back it is no change", () => {
  const draft = withCell(withCell({}, role, "customer.read", "team"), role, "audit.read", "none");
  expect(shownReach(draft, role, "customer.read")).toBe("team");
  expect(grantsAfter(draft, role)).toEqual([{ permission: "customer.read", reach: "team" }]);
  expect(changesOf(draft, [role]).map(({ text }) => text)).toEqual([
    "Coach, view the audit log: All → None",
    "Coach, view customers: Own → Team",
  ]);
  const back = withCell(withCell(draft, role, "customer.read", "own"), role, "audit.read", "all");
  expect(back).toEqual({});
});

test("what somebody else saved meanwhile is told cell by cell", () => {
  const now = [{ permission: "customer.read", reach: "all" }] as const;
  expect(differences(role.grants, now).map(({ text }) => text)).toEqual([
    "view the audit log: All → None",
    "view customers: Own → All",
  ]);
});

test("every permission stands in one group, under a name of its own", () => {
  const grouped = permissionGroups.flatMap((group) => group.permissions);
  expect(grouped.toSorted()).toEqual([...permissions].toSorted());
  expect(new Set(permissions.map(permissionLabel)).size).toBe(permissions.length);
});
