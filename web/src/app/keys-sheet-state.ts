import { createStore, useStore } from "#lib/store";

const isOpen = createStore<boolean>(false);

export function openKeysSheet(): void {
  isOpen.set(true);
}

export function closeKeysSheet(): void {
  isOpen.set(false);
}

export function useKeysSheet(): boolean {
  return useStore(isOpen);
}
