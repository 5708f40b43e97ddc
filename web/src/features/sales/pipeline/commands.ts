import { SquareKanban } from "lucide-react";
import { registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "sales.new-opportunity",
    label: "New opportunity",
    group: "create",
    icon: SquareKanban,
    also: "deal sale add",
    permission: "opportunity.create",
    to: "/pipeline?new=true",
  },
  {
    id: "sales.at-risk",
    label: "Opportunities at risk",
    group: "go",
    icon: SquareKanban,
    also: "overdue stalled pipeline",
    permission: "opportunity.read",
    to: "/pipeline?view=at-risk",
  },
]);
