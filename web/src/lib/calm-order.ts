import { useEffect, useState } from "react";

/** How long the pointer rests, or is elsewhere, before rows may change places. */
const idleMs = 2000;

type CalmOrder<Row> = {
  readonly rows: readonly Row[];
  /** For the element that holds the rows. */
  readonly handlers: { readonly onPointerMove: () => void; readonly onPointerLeave: () => void };
};

/**
 * Rows whose figures are always current, but which do not change places under the pointer: a new order waits until the
 * pointer has rested or left.
 */
export function useCalmOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => string): CalmOrder<Row> {
  const [movedAt, setMovedAt] = useState<number | null>(null);
  const [order, setOrder] = useState<readonly string[]>([]);
  const wanted = rows.map(keyOf);
  const isMoving = movedAt !== null;
  if (!isMoving && order.join() !== wanted.join()) setOrder(wanted);
  useEffect(() => {
    if (movedAt === null) return undefined;
    const timer = setTimeout(() => setMovedAt(null), idleMs);
    return () => clearTimeout(timer);
  }, [movedAt]);
  return {
    rows: isMoving ? inOrder(rows, keyOf, order) : rows,
    handlers: {
      onPointerMove: () => setMovedAt(Date.now()),
      onPointerLeave: () => setMovedAt(null),
    },
  };
}

/** Known rows where they stood, new ones behind them. */
export function inOrder<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  order: readonly string[],
): readonly Row[] {
  const places = new Map(order.map((key, index) => [key, index]));
  const placeOf = (row: Row): number => places.get(keyOf(row)) ?? order.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}
