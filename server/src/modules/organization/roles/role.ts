import {
  permissions,
  reaches,
  type Permission,
  type Reach,
  type Role,
} from "@rainmaker/contracts/organization/permissions";

export type Grants = Partial<Record<Permission, Reach>>;
type RoleDefinition = { readonly name: string; readonly description: string; readonly grants: Grants };

const everywhere = (names: readonly Permission[]): Grants => Object.fromEntries(names.map((name) => [name, "all"]));

const readEverything = everywhere([
  "customer.read",
  "customer.export",
  "contact.read",
  "contact.export",
  "opportunity.read",
  "opportunity.export",
  "deal.read",
  "payment.read",
  "invoice.read",
  "goal.read",
  "analytics.read",
  "member.read",
]);

/** Running the organization includes everything but deciding payments: that is another person's part, by role. */
const admin = everywhere(permissions.filter((permission) => permission !== "payment.verify"));

/** What each role may do. A permission on records with owners is given with a reach; elsewhere "all" means held. */
export const roleDefinitions: Readonly<Record<Role, RoleDefinition>> = {
  org_admin: {
    name: "Organisation admin",
    description: "Runs the organisation: people, teams, settings and every record, but verifies no payments",
    grants: admin,
  },
  manager: {
    name: "Manager",
    description:
      "Sees and steers the records of the own team and the teams below it, approves its deals, sets its goals",
    grants: {
      ...everywhere([
        "member.read",
        "goal.read",
        "goal.edit",
        "import.run",
        "pipeline.edit",
        "product.edit",
        "plan.read",
      ]),
      "customer.read": "tree",
      "customer.export": "tree",
      "customer.create": "tree",
      "customer.edit": "tree",
      "customer.delete": "tree",
      "customer.assign": "tree",
      "contact.read": "tree",
      "contact.export": "tree",
      "contact.create": "tree",
      "contact.edit": "tree",
      "contact.delete": "tree",
      "contact.assign": "tree",
      "interaction.read": "tree",
      "interaction.export": "tree",
      "interaction.create": "tree",
      "interaction.edit": "tree",
      "interaction.delete": "tree",
      "opportunity.read": "tree",
      "opportunity.export": "tree",
      "opportunity.create": "tree",
      "opportunity.edit": "tree",
      "opportunity.delete": "tree",
      "opportunity.assign": "tree",
      "opportunity.reopen": "tree",
      "deal.read": "tree",
      "deal.submit": "tree",
      "deal.approve": "tree",
      "payment.read": "tree",
      "payment.record": "tree",
      "invoice.read": "tree",
      "commission.read": "tree",
      "statement.approve": "tree",
      "adjustment.propose": "tree",
      "analytics.read": "tree",
    },
  },
  sales_rep: {
    name: "Sales rep",
    description: "Works the own customers, opportunities, deals and payments, and sees the own commission",
    grants: {
      ...everywhere(["member.read", "goal.read", "import.run"]),
      "customer.read": "own",
      "customer.export": "own",
      "customer.create": "own",
      "customer.edit": "own",
      "customer.delete": "own",
      "contact.read": "own",
      "contact.export": "own",
      "contact.create": "own",
      "contact.edit": "own",
      "contact.delete": "own",
      "interaction.read": "own",
      "interaction.export": "own",
      "interaction.create": "own",
      "interaction.edit": "own",
      "interaction.delete": "own",
      "opportunity.read": "own",
      "opportunity.export": "own",
      "opportunity.create": "own",
      "opportunity.edit": "own",
      "opportunity.delete": "own",
      "deal.read": "own",
      "deal.submit": "own",
      "payment.read": "own",
      "payment.record": "own",
      "invoice.read": "own",
      "commission.read": "own",
      "analytics.read": "own",
    },
  },
  verifier: {
    name: "Payment verifier",
    description: "Compares every payment with its proof and decides it; sees deals and customers, not commissions",
    grants: { ...readEverything, ...everywhere(["payment.verify", "audit.read"]) },
  },
  finance: {
    name: "Finance",
    description: "Approves deals, records payments, answers disputes, closes months of commission, reads the audit log",
    grants: {
      ...readEverything,
      ...everywhere([
        "deal.approve",
        "payment.record",
        "refund.record",
        "commission.read",
        "audit.read",
        "invoice.issue",
      ]),
      ...everywhere(["dispute.answer", "statement.approve", "period.close"]),
      ...everywhere(["plan.read", "plan.edit", "plan.approve", "adjustment.propose", "adjustment.approve"]),
    },
  },
  analyst: {
    name: "Analyst",
    description: "Reads everything that is sold and paid, changes nothing",
    grants: { ...readEverything, ...everywhere(["interaction.read", "interaction.export"]) },
  },
  viewer: {
    name: "Viewer",
    description: "Sees the goals and figures that are shared",
    grants: { ...everywhere(["goal.read"]), "analytics.read": "own" },
  },
};

/** What several roles give together: of each permission the widest reach. @param custom grants of the organization's own roles */
export function grantsOf(held: readonly Role[], custom: readonly Grants[] = []): ReadonlyMap<Permission, Reach> {
  const widest = new Map<Permission, Reach>();
  for (const grants of [...held.map((role) => roleDefinitions[role].grants), ...custom]) {
    for (const { permission, reach } of listOf(grants)) {
      const known = widest.get(permission);
      if (known === undefined || isWider(reach, known)) widest.set(permission, reach);
    }
  }
  return widest;
}

export function isWider(reach: Reach, than: Reach): boolean {
  return reaches.indexOf(reach) > reaches.indexOf(than);
}

/** Grants as the wire has them, in the order permissions are told in. */
export function listOf(grants: Grants): { permission: Permission; reach: Reach }[] {
  return permissions.flatMap((permission) => {
    const reach = grants[permission];
    return reach === undefined ? [] : [{ permission, reach }];
  });
}
