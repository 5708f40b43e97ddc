import { createStore, useStore } from "./store.ts";

const themeChoices = ["light", "dark", "system"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** public/theme.js reads the same key before the first paint. */
const storageKey = "rainmaker.theme";
const choice = createStore<ThemeChoice>(readChoice());

export function useThemeChoice(): ThemeChoice {
  return useStore(choice);
}

export function setTheme(next: ThemeChoice): void {
  choice.set(next);
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  apply();
}

/** From light to dark and back, whatever was chosen before. */
export function toggleTheme(): void {
  setTheme(isDark() ? "light" : "dark");
}

/** Follows the system where that is the choice, and other tabs; called once at start. */
export function watchTheme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  addEventListener("storage", ({ key }) => {
    if (key !== storageKey) return;
    choice.set(readChoice());
    apply();
  });
  // Paper is white, whatever the screen is.
  addEventListener("beforeprint", () => {
    document.documentElement.dataset["theme"] = "light";
  });
  addEventListener("afterprint", apply);
  apply();
}

function apply(): void {
  document.documentElement.dataset["theme"] = isDark() ? "dark" : "light";
}

function isDark(): boolean {
  const chosen = choice.get();
  return chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return themeChoices.find((one) => one === stored) ?? "system";
  } catch {
    return "system";
  }
}
