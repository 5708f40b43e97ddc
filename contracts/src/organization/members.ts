import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomRoleId, InvitationId, MemberId, OrganizationId, TeamId } from "../ids.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { Instant } from "../time.ts";
import { Role } from "./permissions.ts";
import { Email, NewPassword, PersonName, Session } from "./sessions.ts";

/** active: may sign in; inactive: deactivated, or named by an import and not invited yet. */
export const memberStatuses = ["active", "inactive"] as const;

/** A role of the organization's own, as whoever holds it shows it. */
export const CustomRoleRef = z.object({ id: CustomRoleId, name: z.string() });
/** Roles somebody gets; at least one of either kind, which the server says where neither is named. */
const held = {
  roles: z.array(Role).check(z.maxLength(7)),
  customRoleIds: z.optional(z.array(CustomRoleId).check(z.maxLength(20))),
};

export const Member = z.object({
  id: MemberId,
  firstName: z.string(),
  lastName: z.string(),
  /** Null for somebody an import named who has no account yet. */
  email: z.nullable(z.string()),
  jobTitle: z.nullable(z.string()),
  status: z.enum(memberStatuses),
  roles: z.array(Role),
  /** Roles of the organization's own. */
  customRoles: z.array(CustomRoleRef),
  team: z.nullable(z.object({ id: TeamId, name: z.string() })),
  lastSeenAt: z.nullable(Instant),
  createdAt: Instant,
  version: z.int(),
});
export type Member = z.output<typeof Member>;

const memberParams = z.strictObject({ memberId: MemberId });

export const listMembers = endpoint("GET", "/members", "Members of the organization, by name", "member.read", {
  query: z.strictObject({ ...pageQuery, status: z.optional(z.enum(memberStatuses)), teamId: z.optional(TeamId) }),
  reply: page(Member),
});

export const getMember = endpoint("GET", "/members/{memberId}", "One member", "member.read", {
  params: memberParams,
  reply: Member,
});

export const updateMember = endpoint(
  "PATCH",
  "/members/{memberId}",
  "Change a member's name, roles, team or status",
  "member.edit",
  {
    params: memberParams,
    body: z.strictObject({
      firstName: z.optional(PersonName),
      lastName: z.optional(PersonName),
      jobTitle: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(80)))),
      roles: z.optional(held.roles),
      customRoleIds: held.customRoleIds,
      teamId: z.optional(z.nullable(TeamId)),
      status: z.optional(z.enum(memberStatuses)),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Member,
  },
);

export const Team = z.object({
  id: TeamId,
  name: z.string(),
  parentId: z.nullable(TeamId),
  leader: z.nullable(z.object({ id: MemberId, name: z.string() })),
  memberCount: z.int(),
  version: z.int(),
});
export type Team = z.output<typeof Team>;

const TeamName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

export const listTeams = endpoint("GET", "/teams", "All teams of the organization", "member.read", {
  reply: z.object({ items: z.array(Team) }),
});

export const createTeam = endpoint("POST", "/teams", "Add a team", "team.edit", {
  body: z.strictObject({
    name: TeamName,
    parentId: z.optional(z.nullable(TeamId)),
    leaderId: z.optional(z.nullable(MemberId)),
  }),
  status: 201,
  reply: Team,
});

export const updateTeam = endpoint(
  "PATCH",
  "/teams/{teamId}",
  "Rename a team, move it, or change its leader",
  "team.edit",
  {
    params: z.strictObject({ teamId: TeamId }),
    body: z.strictObject({
      name: z.optional(TeamName),
      parentId: z.optional(z.nullable(TeamId)),
      leaderId: z.optional(z.nullable(MemberId)),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Team,
  },
);

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  roles: z.array(Role),
  customRoles: z.array(CustomRoleRef),
  team: z.nullable(z.object({ id: TeamId, name: z.string() })),
  /** The member an import named whom this invitation gives an account. */
  memberId: z.nullable(MemberId),
  status: z.enum(["pending", "accepted", "revoked", "expired"]),
  invitedAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.output<typeof Invitation>;

/** The link is shown once, to whoever invited: only its hash is stored. */
export const InvitationLink = z.object({ ...Invitation.shape, token: z.string(), url: z.string() });

export const listInvitations = endpoint("GET", "/invitations", "Invitations that wait, newest first", "member.invite", {
  query: z.strictObject({ ...pageQuery }),
  reply: page(Invitation),
});

export const inviteMembers = endpoint("POST", "/invitations", "Invite people by link", "member.invite", {
  body: z.strictObject({
    emails: z.array(Email).check(z.minLength(1), z.maxLength(100)),
    ...held,
    teamId: z.optional(z.nullable(TeamId)),
    /** Gives an account to somebody an import named; takes exactly one address. */
    memberId: z.optional(MemberId),
  }),
  status: 201,
  reply: z.object({ items: z.array(InvitationLink) }),
});

const invitationParams = z.strictObject({ invitationId: InvitationId });

export const renewInvitation = endpoint(
  "POST",
  "/invitations/{invitationId}/renewals",
  "Make a new link; the old one stops working",
  "member.invite",
  {
    params: invitationParams,
    status: 201,
    reply: InvitationLink,
  },
);

export const revokeInvitation = endpoint(
  "DELETE",
  "/invitations/{invitationId}",
  "Withdraw an invitation",
  "member.invite",
  {
    params: invitationParams,
    status: 204,
  },
);

const InvitationToken = z.string().check(z.minLength(20), z.maxLength(100));

export const readInvitation = endpoint("GET", "/invitation-links/{token}", "What an invitation link offers", "public", {
  params: z.strictObject({ token: InvitationToken }),
  reply: z.object({
    organizationName: z.string(),
    email: z.string(),
    roles: z.array(Role),
    expiresAt: Instant,
    /** The address has an account already: its password is asked for instead of a new one. */
    hasAccount: z.boolean(),
  }),
});

export const acceptInvitation = endpoint(
  "POST",
  "/auth/accept-invitation",
  "Accept an invitation and sign in",
  "public",
  {
    body: z.strictObject({
      token: InvitationToken,
      firstName: z.optional(PersonName),
      lastName: z.optional(PersonName),
      password: NewPassword,
    }),
    status: 201,
    reply: Session,
  },
);

export const Settings = z.object({
  organizationId: OrganizationId,
  name: z.string(),
  slug: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  /** Working weekdays, 1 for Monday to 7 for Sunday; streaks and pace count these. */
  workdays: z.array(z.int()),
  /** Days off beside the weekends. */
  holidays: z.array(z.string()),
  /** From this amount on a payment takes two verifiers; null: one is enough. */
  quorum: z.nullable(MoneyReply),
  version: z.int(),
});
export type Settings = z.output<typeof Settings>;

export const getSettings = endpoint("GET", "/settings", "Settings of the organization", "signed-in", {
  reply: Settings,
});

export const updateSettings = endpoint(
  "PATCH",
  "/settings",
  "Change the organization's settings",
  "organization.edit",
  {
    body: z.strictObject({
      name: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(120))),
      currency: z.optional(z.string().check(z.length(3))),
      timeZone: z.optional(z.string().check(z.maxLength(64))),
      workdays: z.optional(z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7))),
      holidays: z.optional(z.array(z.iso.date()).check(z.maxLength(400))),
      quorum: z.optional(z.nullable(PositiveMoney)),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Settings,
  },
);
