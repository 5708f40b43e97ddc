import { Building2, CopyCheck } from "lucide-react";
import { registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "sales.new-customer",
    label: "New customer",
    group: "create",
    icon: Building2,
    also: "company account client add",
    permission: "customer.create",
    to: "/customers?new=true",
  },
  {
    id: "sales.duplicates",
    label: "Find duplicates",
    group: "go",
    icon: CopyCheck,
    also: "merge same twice double",
    permission: "customer.edit",
    to: "/duplicates",
  },
]);
