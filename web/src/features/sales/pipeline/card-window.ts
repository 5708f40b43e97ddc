import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback } from "react";

type CardWindow = {
  /** Positions of the cards to draw. */
  readonly indexes: readonly number[];
  /** Heights of what is left out above and below. */
  readonly before: number;
  readonly after: number;
  readonly measure: (element: Element | null) => void;
  readonly scrollTo: (index: number) => void;
};

/** Up to this many are simply drawn. */
const mostDrawn = 30;
const usualHeight = 111;

/** Which cards of a column to draw: ten thousand may stand in one. */
export function useCardWindow(list: HTMLElement | null, count: number): CardWindow {
  const isWindowed = count > mostDrawn;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this application
  const virtualizer = useVirtualizer<Element, Element>({
    count,
    enabled: isWindowed,
    estimateSize: () => usualHeight,
    getScrollElement: () => list,
    overscan: 6,
  });
  const measure = useCallback(
    (element: Element | null) => {
      if (isWindowed) virtualizer.measureElement(element);
    },
    [isWindowed, virtualizer],
  );
  const items = virtualizer.getVirtualItems();
  return {
    indexes: isWindowed ? items.map(({ index }) => index) : Array.from({ length: count }, (_, index) => index),
    before: isWindowed ? (items[0]?.start ?? 0) : 0,
    after: isWindowed ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0,
    measure,
    scrollTo: (index) => {
      if (isWindowed) virtualizer.scrollToIndex(index);
    },
  };
}
