import type { Module } from "#platform/module";
import { auditRoutes } from "./audit/audit.routes.ts";
import { invitationRoutes } from "./invitations/invitations.routes.ts";
import { memberRoutes } from "./members/members.routes.ts";
import { settingsRoutes } from "./organizations/settings.routes.ts";
import { roleRoutes } from "./roles/roles.routes.ts";
import type { SessionKeys } from "./sessions/issue-session.command.ts";
import { sessionRoutes } from "./sessions/sessions.routes.ts";
import { teamRoutes } from "./teams/teams.routes.ts";

/** Organizations, accounts and members, teams, sessions, invitations, the audit log. */
export function organizationModule(keys: SessionKeys): Module {
  return {
    name: "organization",
    routes: [
      sessionRoutes(keys),
      memberRoutes,
      roleRoutes,
      teamRoutes,
      invitationRoutes(keys),
      settingsRoutes,
      auditRoutes,
    ],
  };
}
