import { roles, type Role } from "@rainmaker/contracts/organization/permissions";

/** What roles are called before GET /roles has answered, and where no answer is worth waiting for. */
export const roleNames: Readonly<Record<Role, string>> = {
  org_admin: "Organisation admin",
  manager: "Manager",
  sales_rep: "Sales rep",
  verifier: "Payment verifier",
  finance: "Finance",
  analyst: "Analyst",
  viewer: "Viewer",
};

export const roleOptions: readonly { readonly value: Role; readonly label: string }[] = roles.map((value) => ({
  value,
  label: roleNames[value],
}));

/** "Manager, finance, Coach", for sentences and rows. @param own roles of the organization's own */
export function rolesText(held: readonly Role[], own: readonly { readonly name: string }[] = []): string {
  const [first, ...others] = held.map((role) => roleNames[role]);
  const names = first === undefined ? [] : [first, ...others.map((name) => name.toLowerCase())];
  return [...names, ...own.map(({ name }) => name)].join(", ") || "No role";
}
