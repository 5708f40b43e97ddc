import type { Permission } from "@rainmaker/contracts/organization/permissions";
import type { User } from "@rainmaker/contracts/organization/sessions";
import {
  Building2,
  ChartColumn,
  Coins,
  ContactRound,
  FileUp,
  FolderKanban,
  Funnel,
  KeyRound,
  Handshake,
  ReceiptText,
  House,
  Package,
  ScrollText,
  Settings,
  ShieldCheck,
  SquareKanban,
  Target,
  TextCursorInput,
  Users,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import { can } from "#lib/session";

export type NavItem = {
  readonly label: string;
  readonly to:
    | "/"
    | "/pipeline"
    | "/customers"
    | "/contacts"
    | "/products"
    | "/verification"
    | "/deals"
    | "/invoices"
    | "/commissions"
    | "/goals"
    | "/projects"
    | "/revenue"
    | "/users"
    | "/roles"
    | "/audit-log"
    | "/imports"
    | "/pipelines"
    | "/analysis"
    | "/fields"
    | "/settings";
  readonly icon: LucideIcon;
  /** Goes there from everywhere: G, then a letter. */
  readonly key: string;
  readonly isShownTo: (user: User) => boolean;
};

export type NavGroup = { readonly title: string | null; readonly items: readonly NavItem[] };

const holds =
  (permission: Permission) =>
  (user: User): boolean =>
    can(user, permission);

/** Every place, by verb. What somebody may not open is absent, not greyed. */
const groups: readonly NavGroup[] = [
  { title: null, items: [{ label: "Home", to: "/", icon: House, key: "g h", isShownTo: () => true }] },
  {
    title: "Sell",
    items: [
      { label: "Pipeline", to: "/pipeline", icon: SquareKanban, key: "g p", isShownTo: holds("opportunity.read") },
      { label: "Customers", to: "/customers", icon: Building2, key: "g c", isShownTo: holds("customer.read") },
      { label: "Contacts", to: "/contacts", icon: ContactRound, key: "g n", isShownTo: holds("contact.read") },
      { label: "Products", to: "/products", icon: Package, key: "g x", isShownTo: holds("opportunity.read") },
    ],
  },
  {
    title: "Get paid",
    items: [
      { label: "Verification", to: "/verification", icon: ShieldCheck, key: "g v", isShownTo: holds("payment.verify") },
      { label: "Deals & payments", to: "/deals", icon: Handshake, key: "g d", isShownTo: holds("deal.read") },
      { label: "Invoices", to: "/invoices", icon: ReceiptText, key: "g b", isShownTo: holds("invoice.read") },
      { label: "Commissions", to: "/commissions", icon: Coins, key: "g m", isShownTo: holds("commission.read") },
    ],
  },
  {
    title: "Measure",
    items: [
      { label: "Pipeline analysis", to: "/analysis", icon: Funnel, key: "g a", isShownTo: holds("opportunity.read") },
      { label: "Revenue", to: "/revenue", icon: ChartColumn, key: "g r", isShownTo: holds("analytics.read") },
      { label: "Goals", to: "/goals", icon: Target, key: "g o", isShownTo: holds("goal.read") },
      { label: "Projects", to: "/projects", icon: FolderKanban, key: "g j", isShownTo: holds("deal.read") },
    ],
  },
  {
    title: "Run",
    items: [
      {
        label: "Users & teams",
        to: "/users",
        icon: Users,
        key: "g u",
        // Everybody may look people up; the page is for those who lead or run them.
        isShownTo: (user) => can(user, "member.edit") || user.roles.includes("manager"),
      },
      { label: "Roles & permissions", to: "/roles", icon: KeyRound, key: "g y", isShownTo: holds("role.edit") },
      { label: "Audit log", to: "/audit-log", icon: ScrollText, key: "g l", isShownTo: holds("audit.read") },
      { label: "Fields", to: "/fields", icon: TextCursorInput, key: "g f", isShownTo: holds("organization.edit") },
      { label: "Imports", to: "/imports", icon: FileUp, key: "g i", isShownTo: holds("import.run") },
      { label: "Pipelines", to: "/pipelines", icon: Workflow, key: "g k", isShownTo: holds("pipeline.edit") },
      { label: "Settings", to: "/settings", icon: Settings, key: "g s", isShownTo: holds("organization.edit") },
    ],
  },
];

export function navigationFor(user: User): readonly NavGroup[] {
  return groups
    .map(({ title, items }) => ({ title, items: items.filter((item) => item.isShownTo(user)) }))
    .filter(({ items }) => items.length > 0);
}

/** The bottom bar of phones: four places at most beside the plus and More. */
export function phoneNavigationFor(user: User): readonly NavItem[] {
  const items = groups.flatMap((group) => group.items).filter((item) => item.isShownTo(user));
  const second = can(user, "payment.verify") ? "/verification" : "/pipeline";
  return ["/", second, "/deals"].flatMap((to) => items.filter((item) => item.to === to));
}
