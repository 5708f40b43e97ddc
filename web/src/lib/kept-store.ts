import { sessionStore } from "./session.ts";
import { createStore, type Store } from "./store.ts";

/**
 * A store whose value outlives a reload of the page, in this tab. It is emptied when the person signs out: what
 * somebody typed is nobody else's business on a shared machine.
 */
export function createKeptStore<T>(name: string, empty: T): Store<T> {
  const storageKey = `rainmaker.${name}`;
  const store = createStore<T>(read(storageKey) ?? empty);
  store.subscribe(() => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(store.get()));
    } catch {
      // Storage is switched off or full: the value lives as long as the page.
    }
  });
  sessionStore.subscribe(() => {
    if (sessionStore.get().kind === "signed-out") store.set(empty);
  });
  return store;
}

function read<T>(storageKey: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as T | null;
  } catch {
    return null;
  }
}
