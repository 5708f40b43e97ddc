import type { Permission } from "@rainmaker/contracts/organization/permissions";
import type { ComponentType } from "react";
import { createStore, useStore } from "./store.ts";

/** Something the palette can do. Features register theirs in `features/<area>/commands.ts`. */
export type Command = {
  /** Unique, such as "sales.new-opportunity". */
  readonly id: string;
  /** A verb and its object, as on a button: "New opportunity". */
  readonly label: string;
  /** create: offered by the plus on phones too. */
  readonly group: "create" | "go" | "do";
  readonly icon: ComponentType<{ readonly size?: number; readonly className?: string }>;
  /** Other words people type for it. */
  readonly also?: string;
  /** The key that does it outside the palette. */
  readonly key?: string;
  /** Left out for people without it. */
  readonly permission?: Permission;
  /** Where it leads; the page opens what it is about by its search parameters. */
  readonly to?: string;
  /** What it does, where it leads nowhere. */
  readonly run?: () => void;
};

const commands = createStore<readonly Command[]>([]);

/** Adds commands; an id that is known already is replaced. */
export function registerCommands(added: readonly Command[]): void {
  const ids = new Set(added.map(({ id }) => id));
  commands.set([...commands.get().filter(({ id }) => !ids.has(id)), ...added]);
}

export function useCommands(): readonly Command[] {
  return useStore(commands);
}

type PaletteState =
  | { readonly kind: "closed" }
  | {
      readonly kind: "open";
      readonly show: "all" | "create";
      /** What is typed already. */
      readonly text: string;
      /** False until its field takes the keys; see listenForTypeAhead. */
      readonly hasKeys: boolean;
    };

const palette = createStore<PaletteState>({ kind: "closed" });

export function openPalette(show: "all" | "create" = "all", text = ""): void {
  palette.set({ kind: "open", show, text, hasKeys: false });
}

export function closePalette(): void {
  palette.set({ kind: "closed" });
}

/** The field has the focus: it takes the keys from here on. @returns what was typed before */
export function takeTypedAhead(): string {
  const state = palette.get();
  if (state.kind === "closed") return "";
  palette.set({ ...state, hasKeys: true });
  return state.text;
}

/**
 * Collects what is typed between opening the palette and its field having the focus, so that it neither is lost nor acts
 * as keys of the page while the palette's code is still on its way.
 */
export function listenForTypeAhead(): () => void {
  document.addEventListener("keydown", typeAhead, true);
  return () => document.removeEventListener("keydown", typeAhead, true);
}

function typeAhead(event: KeyboardEvent): void {
  const state = palette.get();
  const isCommand = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (state.kind === "closed" || state.hasKeys || isCommand) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") closePalette();
  else if (event.key === "Backspace") palette.set({ ...state, text: Array.from(state.text).slice(0, -1).join("") });
  else if (Array.from(event.key).length === 1) palette.set({ ...state, text: state.text + event.key });
}

export function usePalette(): PaletteState {
  return useStore(palette);
}
