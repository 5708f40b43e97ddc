import type { Permission } from "./permissions.ts";

/** What is the organization's or the product's as a whole: a permission on it is held or not. */
const withoutOwners: ReadonlySet<string> = new Set([
  "organization",
  "member",
  "team",
  "role",
  "audit",
  "import",
  "pipeline",
  "product",
  "period",
  "goal",
]);

/** Whether a permission is given with a reach; the others are held for the whole organization or not at all. */
export function hasReach(permission: Permission): boolean {
  return !withoutOwners.has(permission.split(".")[0] ?? "");
}
