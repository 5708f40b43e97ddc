import { flushSync } from "react-dom";

let isPressed = false;
const waiting: (() => void)[] = [];

/**
 * Runs now, or when the pointer that is down is released: what appears or goes as a field is left would move what is
 * being pressed from under the pointer, and the click be lost.
 */
export function afterPress(run: () => void): void {
  if (isPressed) waiting.push(run);
  else run();
}

/** Settles what was typed as a field is left; where a form judges it, not under the pointer. An editor in place saves at once. */
export function whenLeft(settle: () => void, isJudged: boolean): void {
  if (isJudged) afterPress(settle);
  else settle();
}

function release(): void {
  isPressed = false;
  // Drawn before the click arrives: what it does has to know.
  flushSync(() => {
    for (const run of waiting.splice(0)) run();
  });
}

addEventListener("pointerdown", () => (isPressed = true), true);
addEventListener("pointerup", release, true);
addEventListener("pointercancel", release, true);
