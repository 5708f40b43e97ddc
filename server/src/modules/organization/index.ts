export { organizationModule } from "./organization.module.ts";
export { createAuthenticator, createDirectory, Memory } from "./sessions/authenticator.ts";
export type { SessionKeys } from "./sessions/issue-session.command.ts";
export { importMembers } from "./members/import-members.command.ts";
export { membersWhoSee } from "./members/members-in-sight.query.ts";
export { requireOwner } from "./members/members.store.ts";
export { organizationRegistered } from "./organizations/register-organization.command.ts";
export { createSuperAdmin } from "./sessions/create-super-admin.command.ts";
export { verifyAuditLog } from "./audit/audit-log.query.ts";
