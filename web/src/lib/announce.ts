import { createStore, useStore } from "./store.ts";

const said = createStore<string>("");

/** Says something to screen readers only: what a sighted person sees happen, such as a card that moved. */
export function announce(sentence: string): void {
  // The same sentence twice is read twice only when the text changes.
  said.set(said.get() === sentence ? `${sentence}\u00a0` : sentence);
}

export function useAnnouncement(): string {
  return useStore(said);
}
