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
    id: "sales.analysis",
    label: "Pipeline analysis",
    group: "go",
    icon: SquareKanban,
    also: "conversion win rate velocity ageing slippage",
    permission: "opportunity.read",
    to: "/analysis",
  },
  {
    id: "sales.pipelines",
    label: "Pipelines and their stages",
    group: "go",
    icon: SquareKanban,
    also: "settings probability transitions rotting",
    permission: "pipeline.edit",
    to: "/pipelines",
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
