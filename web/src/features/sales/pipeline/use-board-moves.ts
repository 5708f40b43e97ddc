import type { OpportunityId } from "@rainmaker/contracts/ids";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { useState, type KeyboardEvent } from "react";
import { announce } from "#lib/announce";
import { notify } from "#lib/toasts";
import { moveAndTell, moveOrThrow, usePendingMoves, type ClosingFacts } from "../opportunities/move.ts";
import { asksFirst, closedWay } from "../opportunities/stage-entry.ts";
import {
  neighbourOf,
  placeOf,
  placeOfLift,
  withMoves,
  type BoardColumn,
  type Lift,
  type Place,
} from "./board-model.ts";
import { useLift } from "./use-lift.ts";

/** What a stage asks for, at the card that is to enter it. */
type Closing = { readonly card: OpportunityCard; readonly stage: Stage };

export type BoardMoves = {
  /** As they are shown: with what is under way, and with the card that is being moved by keyboard. */
  readonly columns: readonly BoardColumn[];
  readonly lift: Lift | null;
  readonly closing: Closing | null;
  /** The card that has the focus, or had it last. */
  readonly focusedId: OpportunityId | null;
  /** Counts up whenever the focus has to be put on that card. */
  readonly focusTurn: number;
  readonly onFocus: (card: OpportunityCard) => void;
  readonly onKeyDown: (card: OpportunityCard, event: KeyboardEvent) => void;
  readonly onDrop: (card: OpportunityCard, place: Place) => void;
  readonly onMove: (card: OpportunityCard, stage: Stage) => void;
  readonly close: (facts: ClosingFacts) => Promise<void>;
  readonly cancelClosing: () => void;
};

/** What moves on the board, and how: by dragging, by keyboard, by menu. */
export function useBoardMoves(read: readonly BoardColumn[], mayMove: boolean): BoardMoves {
  const settled = withMoves(read, usePendingMoves());
  const [closing, setClosing] = useState<Closing | null>(null);
  const [focus, setFocus] = useState<{ id: OpportunityId | null; turn: number }>({ id: null, turn: 0 });
  const focusOn = (id: OpportunityId): void => setFocus(({ turn }) => ({ id, turn: turn + 1 }));

  const put = (card: OpportunityCard, place: Place): void => {
    const stage = stageOf(settled, place);
    const before = placeOf(settled, card.id);
    if (stage === undefined) return;
    const stages = settled.map((column) => column.stage);
    const refusal = closedWay(
      stages.find(({ id }) => id === card.stage.id),
      stage,
      stages,
    );
    if (refusal !== null) {
      focusOn(card.id);
      announce(`${card.title} stays. ${refusal}`);
      notify({ tone: "failed", title: `${card.title} does not go to ${stage.name}`, detail: refusal });
      return;
    }
    if (asksFirst(card, stage)) {
      // The form takes the focus.
      setClosing({ card, stage });
      return;
    }
    focusOn(card.id);
    if (before?.stageId === place.stageId && before.afterId === place.afterId) return;
    void moveAndTell({ card, to: stage, afterId: place.afterId, from: origin(card, before) });
  };
  const { lift, onKeyDown } = useLift({ columns: settled, mayMove, put, focusOn });
  // Over Won and Lost, which show no cards, it stays where it was and the column alone lights up.
  const isPreviewed = lift !== null && stageOf(settled, lift)?.kind === "open";

  return {
    columns: isPreviewed ? withMoves(settled, [{ card: lift.card, ...placeOfLift(settled, lift) }]) : settled,
    lift,
    closing,
    focusedId: focus.id,
    focusTurn: focus.turn,
    onFocus: ({ id }) => setFocus((before) => (before.id === id ? before : { ...before, id })),
    onKeyDown,
    onDrop: put,
    onMove: (card, stage) => put(card, { stageId: stage.id, afterId: null }),
    close: async (facts) => {
      if (closing === null) return;
      const { card, stage } = closing;
      const next = besideOf(settled, card);
      await moveOrThrow({ card, to: stage, facts, from: origin(card, placeOf(settled, card.id)) });
      setClosing(null);
      // A card that is closed leaves the board; whoever closed it goes on with the next.
      if (stage.kind === "open") focusOn(card.id);
      else if (next !== null) focusOn(next);
    },
    cancelClosing: () => {
      if (closing !== null) focusOn(closing.card.id);
      setClosing(null);
    },
  };
}

function stageOf(columns: readonly BoardColumn[], { stageId }: Pick<Place, "stageId">): Stage | undefined {
  return columns.find(({ stage }) => stage.id === stageId)?.stage;
}

/** The card that is nearest to one: below, above, beside. */
function besideOf(columns: readonly BoardColumn[], { id }: OpportunityCard): OpportunityId | null {
  const ways = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"] as const;
  return ways.map((way) => neighbourOf(columns, id, way)).find((next) => next !== null) ?? null;
}

type Origin = { readonly stage: OpportunityCard["stage"]; readonly afterId?: OpportunityId | null };

function origin({ stage }: OpportunityCard, place: Place | null): Origin {
  return place === null ? { stage } : { stage, afterId: place.afterId };
}
