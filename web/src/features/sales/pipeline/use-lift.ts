import type { OpportunityId } from "@rainmaker/contracts/ids";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { useState, type KeyboardEvent } from "react";
import { announce } from "#lib/announce";
import {
  liftAfter,
  neighbourOf,
  placeOf,
  placeOfLift,
  type BoardColumn,
  type Lift,
  type Place,
} from "./board-model.ts";

type LiftOptions = {
  readonly columns: readonly BoardColumn[];
  readonly mayMove: boolean;
  readonly put: (card: OpportunityCard, place: Place) => void;
  readonly focusOn: (id: OpportunityId) => void;
};

type Lifting = {
  readonly lift: Lift | null;
  readonly onKeyDown: (card: OpportunityCard, event: KeyboardEvent) => void;
};

/**
 * The board by keyboard. Arrows go from card to card; Space lifts one, arrows move it, Enter or Space drops it, Esc puts
 * it back; Shift with an arrow moves it to the stage beside.
 */
export function useLift({ columns, mayMove, put, focusOn }: LiftOptions): Lifting {
  const [lift, setLift] = useState<Lift | null>(null);

  const drop = (lifted: Lift): void => {
    put(lifted.card, placeOfLift(columns, lifted));
    announce(`${lifted.card.title}, moved to ${whereOf(columns, lifted)}`);
  };
  const steer = (key: string, lifted: Lift): void => {
    if (key !== "Enter" && key !== " ") focusOn(lifted.card.id);
    if (isArrow(key)) {
      const next = liftAfter(columns, lifted, key);
      setLift(next);
      announce(`${lifted.card.title}, over ${whereOf(columns, next)}`);
      return;
    }
    setLift(null);
    if (key === "Escape") announce(`${lifted.card.title} put back`);
    else drop(lifted);
  };
  const raise = (card: OpportunityCard): void => {
    const place = placeOf(columns, card.id);
    if (place === null) return;
    setLift({ card, stageId: place.stageId, index: place.index });
    announce(`${card.title} lifted. Arrows move it, Enter drops it, Escape puts it back.`);
  };
  const shift = (card: OpportunityCard, arrow: Arrow): void => {
    const place = placeOf(columns, card.id);
    if (place === null) return;
    const next = liftAfter(columns, { card, stageId: place.stageId, index: 0 }, arrow);
    if (next.stageId !== place.stageId) drop(next);
  };
  const wander = (card: OpportunityCard, arrow: Arrow): void => {
    const next = neighbourOf(columns, card.id, arrow);
    if (next !== null) focusOn(next);
  };
  /** @returns whether the key meant something */
  const actAtRest = (card: OpportunityCard, key: string, isShift: boolean): boolean => {
    if (mayMove && key === " ") raise(card);
    else if (mayMove && isShift && isSideways(key)) shift(card, key);
    else if (isArrow(key)) wander(card, key);
    else return false;
    return true;
  };
  const act = (card: OpportunityCard, key: string, isShift: boolean): boolean => {
    if (lift === null) return actAtRest(card, key, isShift);
    const isMeant = isArrow(key) || [" ", "Enter", "Escape"].includes(key);
    if (isMeant) steer(key, lift);
    return isMeant;
  };
  const onKeyDown = (card: OpportunityCard, event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (act(card, letters[event.key] ?? event.key, event.shiftKey)) event.preventDefault();
  };
  return { lift, onKeyDown };
}

type Arrow = Parameters<typeof liftAfter>[2];

const letters: Readonly<Record<string, Arrow>> = { j: "ArrowDown", k: "ArrowUp" };

function isArrow(key: string): key is Arrow {
  return /^Arrow(Up|Down|Left|Right)$/.test(key);
}

function isSideways(key: string): key is "ArrowLeft" | "ArrowRight" {
  return key === "ArrowLeft" || key === "ArrowRight";
}

/** "Negotiation, position 2 of 5". */
function whereOf(columns: readonly BoardColumn[], { card, stageId, index }: Lift): string {
  const column = columns.find(({ stage }) => stage.id === stageId);
  if (column === undefined) return "nothing";
  if (column.stage.kind !== "open") return column.stage.name;
  const others = column.count - (column.cards.some(({ id }) => id === card.id) ? 1 : 0);
  return `${column.stage.name}, position ${index + 1} of ${others + 1}`;
}
