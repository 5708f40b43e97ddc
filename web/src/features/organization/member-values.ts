import type { CustomRoleId } from "@rainmaker/contracts/ids";
import { Member } from "@rainmaker/contracts/organization/members";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { hasCode } from "#lib/api-problem";
import { rolesText } from "./role-names.ts";

/** A member as the sheet edits it; the empty string is nothing. */
export type MemberValues = {
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly roles: readonly Role[];
  readonly customRoles: readonly CustomRoleId[];
  readonly teamId: string;
};

export function valuesOf({ firstName, lastName, jobTitle, roles, customRoles, team }: Member): MemberValues {
  return {
    firstName,
    lastName,
    jobTitle: jobTitle ?? "",
    roles,
    customRoles: customRoles.map(({ id }) => id),
    teamId: team?.id ?? "",
  };
}

/** What somebody else changed while the sheet was open, as "team is now West"; empty where the refusal does not say. */
export function changesSince(start: MemberValues, problem: unknown): readonly string[] {
  const parsed = Member.safeParse(hasCode(problem, "stale_version") ? problem.current : null);
  if (!parsed.success) return [];
  const now = valuesOf(parsed.data);
  return [
    ...changed("first name", start.firstName, now.firstName),
    ...changed("last name", start.lastName, now.lastName),
    ...changed("job title", start.jobTitle, now.jobTitle),
    ...changed("role", rolesText(start.roles), rolesText(now.roles)),
    ...(start.teamId === now.teamId ? [] : [`team is now ${parsed.data.team?.name ?? "none"}`]),
  ];
}

function changed(label: string, before: string, after: string): readonly string[] {
  return before === after ? [] : [`${label} is now ${after === "" ? "empty" : after}`];
}
