import { Role } from "@rainmaker/contracts/organization/permissions";
import * as z from "zod/mini";

const storageKey = "rainmaker.invite-roles";
const Stored = z.array(Role).check(z.minLength(1));

/** The roles that were given last: who invites, mostly invites more of the same. */
export function lastRoles(): readonly Role[] {
  try {
    const parsed = Stored.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? "null"));
    return parsed.success ? parsed.data : ["sales_rep"];
  } catch {
    return ["sales_rep"];
  }
}

export function rememberRoles(roles: readonly Role[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(roles));
  } catch {
    // Storage is switched off: the next panel starts with the usual role.
  }
}
