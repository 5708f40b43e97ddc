import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { AccountId, MemberId, OrganizationId, TeamId } from "../ids.ts";
import { Permission, Reach, Role } from "./permissions.ts";

export const Email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email());
/** A password somebody chooses. Length is the rule that helps; nothing about its characters. */
export const NewPassword = z.string().check(z.minLength(8), z.maxLength(200));
export const PersonName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** The signed-in person as a member of one organization. */
export const User = z.object({
  /** The member's id: owners, submitters and verifiers are named by it. */
  id: MemberId,
  accountId: AccountId,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  roles: z.array(Role),
  /** Names of roles of the organization's own. */
  customRoles: z.array(z.string()),
  permissions: z.array(Permission),
  /** How far each permission on owned records reaches. */
  reach: z.partialRecord(Permission, Reach),
  team: z.nullable(z.object({ id: TeamId, name: z.string() })),
  /** Null for a super admin, who belongs to no organization. */
  organization: z.nullable(
    z.object({ id: OrganizationId, name: z.string(), slug: z.string(), currency: z.string(), timeZone: z.string() }),
  ),
});
export type User = z.output<typeof User>;

/** The refresh token travels beside this in an httpOnly cookie. */
export const Session = z.object({
  accessToken: z.string(),
  /** Seconds until the access token expires. */
  expiresIn: z.int(),
  user: User,
});
export type Session = z.output<typeof Session>;

export const registerOrganization = endpoint(
  "POST",
  "/auth/register",
  "Register an organization and its first admin",
  "public",
  {
    body: z.strictObject({
      organizationName: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
      firstName: PersonName,
      lastName: PersonName,
      email: Email,
      password: NewPassword,
      /** Currency of amounts that name none; USD unless given. */
      currency: z.optional(z.string().check(z.length(3))),
      /** IANA time zone whose calendar days count; UTC unless given. */
      timeZone: z.optional(z.string().check(z.maxLength(64))),
    }),
    status: 201,
    reply: Session,
  },
);

export const login = endpoint("POST", "/auth/login", "Sign in with e-mail and password", "public", {
  body: z.strictObject({
    email: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254)),
    password: z.string().check(z.maxLength(1000)),
    /** Which organization, where the account is a member of several. */
    organizationId: z.optional(OrganizationId),
  }),
  reply: Session,
});

export const refreshSession = endpoint(
  "POST",
  "/auth/refresh",
  "Exchange the refresh cookie for a new access token",
  "public",
  {
    reply: Session,
  },
);

export const logout = endpoint("POST", "/auth/logout", "Sign out: the session and its tokens end now", "signed-in", {
  status: 204,
});

export const currentUser = endpoint("GET", "/auth/user", "The signed-in person", "signed-in", { reply: User });

export const changePassword = endpoint(
  "POST",
  "/auth/change-password",
  "Change the own password; other sessions end",
  "signed-in",
  {
    body: z.strictObject({ currentPassword: z.string().check(z.maxLength(1000)), newPassword: NewPassword }),
    status: 204,
  },
);
