import { createStore, useStore } from "#lib/store";

const storageKey = "rainmaker.sidebar";
const isRail = createStore<boolean>(read());

/** Whether the sidebar is collapsed to its icons; remembered on this device. */
export function useIsRail(): boolean {
  return useStore(isRail);
}

export function toggleRail(): void {
  isRail.set(!isRail.get());
  try {
    localStorage.setItem(storageKey, isRail.get() ? "rail" : "full");
  } catch {
    // Storage is switched off: it holds until the page is left.
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(storageKey) === "rail";
  } catch {
    return false;
  }
}
