import type { Role } from "@rainmaker/contracts/organization/permissions";
import { Refusal } from "#platform/errors";
import type { CustomRole } from "../roles/custom-role.ts";

/** A member as the commands work with it. */
export type Member = {
  readonly id: string;
  readonly accountId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly status: "active" | "inactive";
  readonly roles: readonly Role[];
  readonly customRoles: readonly CustomRole[];
  readonly teamId: string | null;
  readonly version: number;
};

export function isActiveAdmin(member: Pick<Member, "status" | "roles">): boolean {
  return member.status === "active" && member.roles.includes("org_admin");
}

/**
 * An organization always has an active admin: nobody could give the rights back.
 * @param otherAdmins active admins beside this member
 */
export function refuseLosingLastAdmin(before: Member, after: Member, otherAdmins: number): void {
  if (isActiveAdmin(before) && !isActiveAdmin(after) && otherAdmins === 0) {
    throw new Refusal("conflict", "last_admin", "This is the only active admin; make somebody else one first");
  }
}

/** Somebody an import named has no account: an invitation makes one, not a switch. */
export function refuseActivatingWithoutAccount(before: Member, after: Member): void {
  if (before.status === "inactive" && after.status === "active" && after.accountId === null) {
    throw new Refusal("conflict", "invitation_needed", "This person has no account yet; invite them by e-mail");
  }
}

/** "Maya Okafor" is Maya and Okafor; the last word is the last name. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  const lastName = words.length > 1 ? (words.at(-1) ?? "") : "";
  return {
    firstName: (words.length > 1 ? words.slice(0, -1).join(" ") : (words[0] ?? "")).slice(0, 80),
    lastName: lastName.slice(0, 80),
  };
}
