import type { Context } from "#platform/context";
import type { DB } from "#platform/schema";

/** Tables this module owns: nobody else reads or writes them. */
export type OrganizationTables = Pick<
  DB,
  | "organization"
  | "account"
  | "member"
  | "member_role"
  | "custom_role"
  | "member_custom_role"
  | "team"
  | "team_membership"
  | "session"
  | "refresh_token"
  | "invitation"
  | "visible_owner"
>;

export type OrganizationContext = Context<OrganizationTables>;
