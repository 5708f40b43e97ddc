import { Building2 } from "lucide-react";
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
]);
