import { permissions, type Permission, type Reach } from "@rainmaker/contracts/organization/permissions";

/** How far a permission reaches, or that it is not given. */
export type CellReach = Reach | "none";

export const reachWords: Readonly<Record<CellReach, { readonly label: string; readonly meaning: string }>> = {
  none: { label: "None", meaning: "not at all" },
  own: { label: "Own", meaning: "what they own" },
  team: { label: "Team", meaning: "their team's" },
  tree: { label: "Tree", meaning: "their team's and the teams' below" },
  all: { label: "All", meaning: "the whole organisation's" },
};

const groups = {
  Sell: ["customer", "contact", "opportunity", "interaction", "pipeline", "product"],
  "Get paid": ["deal", "payment", "refund", "invoice"],
  "Pay people": ["commission", "plan", "dispute", "statement", "adjustment", "period"],
  Measure: ["goal", "analytics"],
} as const;

const entityWords: Readonly<Record<string, string>> = {
  interaction: "calls and notes",
  opportunity: "opportunities",
  analytics: "figures",
  audit: "the audit log",
  organization: "settings",
  member: "people",
};
const actionWords: Readonly<Record<string, string>> = { read: "View", create: "Add" };
const wholeWords: Partial<Record<Permission, string>> = {
  "import.run": "Import files",
  "member.invite": "Invite people",
};

/** "customer.read" is "View customers". */
export function permissionLabel(permission: Permission): string {
  const [entity = "", action = ""] = permission.split(".");
  const verb = actionWords[action] ?? `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return wholeWords[permission] ?? `${verb} ${entityWords[entity] ?? `${entity.replaceAll("-", " ")}s`}`;
}

export function actionLabel(action: string): string {
  return (actionWords[action] ?? action).toLowerCase();
}

export function entityLabel(entity: string): string {
  const words = entityWords[entity] ?? `${entity}s`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type PermissionGroup = { readonly title: string; readonly permissions: readonly Permission[] };

/** All permissions, by what they are about; what no group names belongs to running the organization. */
export const permissionGroups: readonly PermissionGroup[] = [
  ...Object.entries(groups).map(([title, entities]) => ({ title, permissions: ofEntities(entities) })),
  {
    title: "Run",
    permissions: permissions.filter(
      (name) =>
        !Object.values(groups)
          .flat()
          .some((one) => isOf(name, one)),
    ),
  },
];

function ofEntities(entities: readonly string[]): Permission[] {
  return entities.flatMap((entity) => permissions.filter((permission) => isOf(permission, entity)));
}

function isOf(permission: Permission, entity: string): boolean {
  return permission.startsWith(`${entity}.`);
}
