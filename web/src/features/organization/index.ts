// What other features may use of this one.
export { fieldLabel } from "./audit-text.ts";
export { currencyChoices } from "./places.ts";
export { nameOf, useAllMembers, useTeams } from "./use-members.ts";
export { roleNames } from "./role-names.ts";
