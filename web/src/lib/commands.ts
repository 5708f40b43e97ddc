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
    };

const palette = createStore<PaletteState>({ kind: "closed" });

export function openPalette(show: "all" | "create" = "all", text = ""): void {
  palette.set({ kind: "open", show, text });
}

export function closePalette(): void {
  palette.set({ kind: "closed" });
}

export function usePalette(): PaletteState {
  return useStore(palette);
}
