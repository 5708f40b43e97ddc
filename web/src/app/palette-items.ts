import type { User } from "@rainmaker/contracts/organization/sessions";
import { Keyboard, LogOut, SunMoon, UserRound, type LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { Command } from "#lib/commands";
import { can, endSession } from "#lib/session";
import { toggleTheme } from "#lib/theme";
import { openKeysSheet } from "./keys-sheet-state.ts";
import { navigationFor } from "./navigation.ts";

type Icon = LucideIcon | ComponentType<{ readonly size?: number; readonly className?: string }>;

/** A line of the palette, wherever it came from. */
export type PaletteItem = {
  readonly id: string;
  readonly group: "Recent" | "Create" | "Go to" | "Do" | "Records";
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon?: Icon | undefined;
  /** A record: its letter on its colour takes the icon's place. */
  readonly markOf?: string | undefined;
  readonly key?: string | undefined;
  readonly also?: string | undefined;
  readonly to?: string | undefined;
  readonly run?: (() => void) | undefined;
};

const order: readonly PaletteItem["group"][] = ["Recent", "Create", "Records", "Go to", "Do"];

/** What can be done and where one can go, for this person. */
export function itemsFor(user: User, commands: readonly Command[]): readonly PaletteItem[] {
  const places = navigationFor(user).flatMap(({ items }) =>
    items.map(({ label, to, icon, key }): PaletteItem => ({ id: `go:${to}`, group: "Go to", label, icon, key, to })),
  );
  const registered = commands
    .filter(({ permission }) => permission === undefined || can(user, permission))
    .map(({ group, ...rest }): PaletteItem => ({ ...rest, group: groupNames[group] }));
  return [...registered, ...places, ...own];
}

const groupNames = { create: "Create", go: "Go to", do: "Do" } as const;

const own: readonly PaletteItem[] = [
  {
    id: "own:settings",
    group: "Go to",
    label: "My settings",
    icon: UserRound,
    also: "password profile",
    to: "/my-settings",
  },
  {
    id: "own:theme",
    group: "Do",
    label: "Switch between light and dark",
    icon: SunMoon,
    also: "theme",
    run: toggleTheme,
  },
  { id: "own:keys", group: "Do", label: "Show keyboard shortcuts", icon: Keyboard, key: "?", run: openKeysSheet },
  { id: "own:leave", group: "Do", label: "Sign out", icon: LogOut, also: "log out", run: () => void endSession() },
];

/** Items whose words begin with every word that was typed; an exact beginning comes first. */
export function search(items: readonly PaletteItem[], text: string): readonly PaletteItem[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items
    .filter((item) => {
      const hay = fold(`${item.label} ${item.also ?? ""}`).split(/\s+/);
      return words.every((word) => hay.some((candidate) => candidate.startsWith(word)));
    })
    .toSorted((a, b) => rank(b, words) - rank(a, words));
}

/** In the order of groups, each with its heading. */
export function grouped(
  items: readonly PaletteItem[],
): readonly { title: PaletteItem["group"]; items: readonly PaletteItem[] }[] {
  return order
    .map((title) => ({ title, items: items.filter(({ group }) => group === title) }))
    .filter((group) => group.items.length > 0);
}

/** Cuts a label at what was typed, for marking it. */
export function highlight(
  label: string,
  text: string,
): readonly { readonly text: string; readonly isMatch: boolean }[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [{ text: label, isMatch: false }];
  return label.split(/(?<=\s)/).flatMap((part) => {
    const word = words.find((candidate) => fold(part).startsWith(candidate));
    if (word === undefined) return [{ text: part, isMatch: false }];
    return [
      { text: part.slice(0, word.length), isMatch: true },
      { text: part.slice(word.length), isMatch: false },
    ];
  });
}

function rank(item: PaletteItem, words: readonly string[]): number {
  return fold(item.label).startsWith(words[0] ?? "") ? 1 : 0;
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
