import type { Invitation, Member } from "@rainmaker/contracts/organization/members";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { nameOf, standingOf } from "./use-members.ts";

/** A line of the list of people: somebody who is here, or somebody who was invited. */
export type PersonRow =
  | { readonly kind: "member"; readonly member: Member }
  | { readonly kind: "invitation"; readonly invitation: Invitation };

export type PeopleFilter = {
  readonly tab: "all" | "invited" | "deactivated";
  readonly role: Role | undefined;
  readonly teamId: string | undefined;
};

/** Who waits comes first: that is where something may be left to do. */
export function peopleRows(
  members: readonly Member[],
  invitations: readonly Invitation[],
  { tab, role, teamId }: PeopleFilter,
): readonly PersonRow[] {
  const fits = (one: Pick<Member, "roles" | "team">): boolean =>
    (role === undefined || one.roles.includes(role)) && (teamId === undefined || one.team?.id === teamId);
  const invited = invitations.filter(fits).map((invitation): PersonRow => ({ kind: "invitation", invitation }));
  const shown = members
    .filter(fits)
    .filter((member) => (standingOf(member) === "deactivated") === (tab === "deactivated"))
    .map((member): PersonRow => ({ kind: "member", member }));
  if (tab === "invited") return invited;
  return tab === "all" ? [...invited, ...shown] : shown;
}

export function rowKey(row: PersonRow): string {
  return row.kind === "member" ? row.member.id : row.invitation.id;
}

/** What a row is called: the name, or the address of somebody who has not said it yet. */
export function rowName(row: PersonRow): string {
  return row.kind === "member" ? nameOf(row.member) : row.invitation.email;
}
