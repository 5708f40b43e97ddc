import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import type { Place } from "./board-model.ts";
import { CardDragger, type Drag } from "./card-dragger.ts";

export type CardDrag = {
  readonly drag: Drag | null;
  readonly copy: RefObject<HTMLDivElement | null>;
  readonly grab: (card: OpportunityCard, event: PointerEvent) => void;
};

/** The dragger of a board, and the card it has in hand. */
export function useCardDrag(
  board: HTMLElement | null,
  onDrop: (card: OpportunityCard, place: Place) => void,
): CardDrag {
  const [drag, setDrag] = useState<Drag | null>(null);
  const copy = useRef<HTMLDivElement>(null);
  const dragger = useRef<CardDragger>(null);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    if (board === null) return undefined;
    const made = new CardDragger(board, {
      onChange: setDrag,
      onDrop: (card, place) => latest.current(card, place),
      copy: () => copy.current,
    });
    dragger.current = made;
    return () => made.dispose();
  }, [board]);
  const grab: CardDrag["grab"] = (card, { nativeEvent, currentTarget }) =>
    dragger.current?.grab(card, nativeEvent, currentTarget);
  return { drag, copy, grab };
}
