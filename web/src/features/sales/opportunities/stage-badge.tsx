import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { CircleX, Trophy } from "lucide-react";
import type { ReactElement } from "react";
import { Badge } from "#ui/badge";

/** The stage in a word; what is won or lost has its colour and its sign. */
export function StageBadge({ stage }: Pick<OpportunityCard, "stage">): ReactElement {
  if (stage.kind === "won") {
    return (
      <Badge tone="earn" icon={Trophy}>
        {stage.name}
      </Badge>
    );
  }
  if (stage.kind === "lost") return <Badge icon={CircleX}>{stage.name}</Badge>;
  return <Badge tone="line">{stage.name}</Badge>;
}
