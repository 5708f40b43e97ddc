import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { Move } from "lucide-react";
import type { ReactElement } from "react";
import { Kbd } from "#ui/kbd";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { requirementWords } from "../opportunities/opportunity-words.ts";
import { asksFirst, closedWay, lacksFor } from "../opportunities/stage-entry.ts";
import type { BoardColumn, Lift } from "./board-model.ts";
import type { Drag } from "./card-dragger.ts";

type MoveBarProps = {
  readonly columns: readonly BoardColumn[];
  readonly drag: Drag | null;
  readonly lift: Lift | null;
};

const keys = [
  { keys: ["arrowleft", "arrowright"], does: "stage" },
  { keys: ["arrowup", "arrowdown"], does: "order" },
  { keys: ["enter"], does: "drop" },
  { keys: ["escape"], does: "put back" },
] as const;

/** What is being moved, where to, and the keys for it. Read out by announcements, so it is for the eye alone. */
export function MoveBar({ columns, drag, lift }: MoveBarProps): ReactElement | null {
  const card = (drag ?? lift)?.card;
  if (card === undefined) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute right-4 bottom-4 z-(--z-dock) flex h-11 max-w-[calc(100%-32px)] items-center lg:max-w-[calc(100%-396px)] gap-3 rounded-xl bg-inverse px-4 whitespace-nowrap text-on-inverse-muted shadow-lg max-sm:hidden"
    >
      <Move size={14} className="text-on-inverse" />
      <span className="truncate">
        <b className="font-medium text-on-inverse">Moving {card.title}</b> {whereOf(columns, card, drag, lift)}
      </span>
      <span className="h-4 w-px bg-current opacity-40" />
      {(lift !== null ? keys : keys.slice(3)).map(({ keys: caps, does }) => (
        <span key={does} className="flex items-center gap-1">
          {caps.map((key) => (
            <Kbd key={key} keys={key} className="border-current bg-transparent text-on-inverse" />
          ))}
          {does}
        </span>
      ))}
    </div>
  );
}

/** "to Negotiation, position 2 of 5"; for what closes, what it asks for. */
function whereOf(columns: readonly BoardColumn[], card: OpportunityCard, drag: Drag | null, lift: Lift | null): string {
  const stageId = drag === null ? lift?.stageId : drag.over?.stageId;
  const column = columns.find(({ stage }) => stage.id === stageId);
  if (column === undefined) return "";
  const { stage, cards, count } = column;
  const stages = columns.map((one) => one.stage);
  const refusal = closedWay(
    stages.find(({ id }) => id === card.stage.id),
    stage,
    stages,
  );
  if (refusal !== null) return `not to ${stage.name}: ${refusal}`;
  if (stage.kind === "lost") return `to ${stage.name}: asks why`;
  if (asksFirst(card, stage)) return `to ${stage.name}: asks for ${neededFor(card, stage)}`;
  const others = cards.filter(({ id }) => id !== card.id);
  const at = drag === null ? lift?.index : others.findIndex(({ id }) => id === drag.over?.afterId) + 1;
  const isHere = cards.length > others.length;
  return `to ${stage.name}, position ${(at ?? 0) + 1} of ${isHere ? count : count + 1}`;
}

function neededFor(card: OpportunityCard, stage: Stage): string {
  const missing = lacksFor(card, stage).flatMap((field) => requirementWords[field] ?? []);
  return missing.length === 0 ? "the day it was signed" : missing.join(" and ");
}
