import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback } from "react";

type RowWindow = {
  /** Positions of the rows to draw. */
  readonly indexes: readonly number[];
  /** Heights of what is left out above and below. */
  readonly before: number;
  readonly after: number;
  readonly measure: (element: Element | null) => void;
  readonly scrollTo: (index: number) => void;
};

/** Up to this many rows are simply drawn: find in page, print and screen readers then see all of them. */
const mostDrawn = 100;

/** Which rows to draw. The table scrolls with the nearest scroll area around it. */
export function useWindow(
  table: HTMLTableElement | null,
  count: number,
  rowHeight: number,
  mayLeaveOut: boolean,
): RowWindow {
  const isWindowed = mayLeaveOut && count > mostDrawn;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this application
  const virtualizer = useVirtualizer<Element, Element>({
    count,
    enabled: isWindowed,
    estimateSize: () => rowHeight,
    getScrollElement: () => table?.closest(".scroll-area") ?? null,
    overscan: 12,
  });
  const measure = useCallback(
    (element: Element | null) => {
      if (isWindowed) virtualizer.measureElement(element);
    },
    [isWindowed, virtualizer],
  );
  const scrollTo = useCallback(
    (index: number) => {
      if (isWindowed) virtualizer.scrollToIndex(index);
    },
    [isWindowed, virtualizer],
  );
  if (!isWindowed) {
    return { indexes: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, measure, scrollTo };
  }
  const items = virtualizer.getVirtualItems();
  return {
    indexes: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure,
    scrollTo,
  };
}
