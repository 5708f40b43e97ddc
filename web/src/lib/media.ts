import { useCallback, useSyncExternalStore } from "react";

/** Widths where the layout changes; the same ones as in the class names (see app.css). */
const queries = {
  phone: "(max-width: 640px)",
  /** The sidebar is a drawer. */
  narrow: "(max-width: 899px)",
  /** The right rail is a tab. */
  noRail: "(max-width: 1179px)",
  coarse: "(pointer: coarse)",
  dark: "(prefers-color-scheme: dark)",
} as const;

export function useMedia(name: keyof typeof queries): boolean {
  const query = queries[name];
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
