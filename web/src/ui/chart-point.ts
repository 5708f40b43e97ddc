import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { announce } from "#lib/announce";

type ChartPoint = {
  /** The point under the pointer, or the one the arrows are on; null for none. */
  readonly active: number | null;
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onBlur: () => void;
  };
};

/**
 * Reads a chart point by point: by pointer, or with the arrows, Home and End once it has the focus; Escape leaves.
 * @param textOf the words of a point, the same as in the table
 */
export function useChartPoint(count: number, textOf: (index: number) => string): ChartPoint {
  const [active, setActive] = useState<number | null>(null);
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(index, count - 1));
    setActive(next);
    announce(textOf(next));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") return setActive(null);
    const [before, after] = [active === null ? count - 1 : active - 1, active === null ? 0 : active + 1];
    const next = { ArrowRight: after, ArrowLeft: before, Home: 0, End: count - 1 }[event.key];
    if (next === undefined || count === 0) return undefined;
    event.preventDefault();
    return go(next);
  };
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    if (width > 0) setActive(Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count))));
  };
  const clear = (): void => setActive(null);
  return { active, handlers: { onKeyDown, onPointerMove, onPointerLeave: clear, onBlur: clear } };
}
