import { sessionStore } from "#lib/session";
import { createStore, useStore } from "#lib/store";
import type { PaletteItem } from "./palette-items.ts";

const most = 5;

/** In memory only, and gone with the session: names of records are nobody else's business on a shared machine. */
const recent = createStore<readonly PaletteItem[]>([]);
sessionStore.subscribe(() => {
  if (sessionStore.get().kind !== "signed-in") recent.set([]);
});

export function useRecent(): readonly PaletteItem[] {
  return useStore(recent);
}

export function rememberRecent(item: PaletteItem): void {
  const others = recent.get().filter(({ id }) => id !== item.id);
  recent.set([{ ...item, group: "Recent" as const }, ...others].slice(0, most));
}
