import { useEffect, useRef } from "react";
import { createStore, useStore } from "./store.ts";

/**
 * Keyboard shortcuts. A key is written as "n", "?", "shift+x", "g h" (one after the other) or "mod+k" (Ctrl, on a Mac
 * Command). Plain keys act only while no field, menu or dialog has focus; people can switch them off.
 */
type KeyScope = "everywhere" | "page";

export type KeyBinding = {
  readonly key: string;
  /** What it does, for the list under "?". */
  readonly label: string;
  readonly scope: KeyScope;
};

type Registration = KeyBinding & { readonly run: (event: KeyboardEvent) => void };
type KeyOptions = { readonly scope?: KeyScope; readonly isActive?: boolean };

const storageKey = "rainmaker.single-keys";
/** How long the first key of a sequence waits for the second. */
const sequenceMs = 1200;

const registrations = createStore<readonly Registration[]>([]);
const plainKeys = createStore<boolean>(readChoice());
let pending: { readonly key: string; readonly until: number } | null = null;

/** Acts on a key while the component stands. The last one of a page to register a key has it. */
export function useKey(
  key: string,
  label: string,
  run: (event: KeyboardEvent) => void,
  options: KeyOptions = {},
): void {
  const { scope = "page", isActive = true } = options;
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isActive) return undefined;
    const registration: Registration = { key, label, scope, run: (event) => latest.current(event) };
    registrations.set([...registrations.get(), registration]);
    return () => registrations.set(registrations.get().filter((other) => other !== registration));
  }, [key, label, scope, isActive]);
}

/** The keys that act now, for the list under "?". Of a key registered twice only the one that acts. */
export function useKeyList(): readonly KeyBinding[] {
  const all = useStore(registrations);
  return all.filter((one) => actingOn(one.key, all) === one);
}

export function usePlainKeys(): boolean {
  return useStore(plainKeys);
}

/** Single letters can be switched off (WCAG 2.1.4): speech input would type them. */
export function setPlainKeys(areOn: boolean): void {
  plainKeys.set(areOn);
  try {
    localStorage.setItem(storageKey, areOn ? "on" : "off");
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
}

/** The value of aria-keyshortcuts. Sequences cannot be said there. */
export function ariaKeys(key: string): string | undefined {
  if (key.includes(" ")) return undefined;
  return key
    .split("+")
    .map((part) => ariaNames[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}

/** How the parts of a key look on a key cap: "mod+enter" is ["⌘", "↵"] on a Mac and ["Ctrl", "↵"] elsewhere. */
export function keyCaps(key: string): readonly string[] {
  return key
    .split(/[+ ]/)
    .map(
      (part) =>
        capNames[part] ?? (part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)),
    );
}

/** Listens; called once at start. */
export function listenForKeys(): void {
  document.addEventListener("keydown", onKeyDown);
}

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const ariaNames: Readonly<Record<string, string>> = {
  mod: isMac ? "Meta" : "Control",
  shift: "Shift",
  enter: "Enter",
  escape: "Escape",
  arrowleft: "ArrowLeft",
  arrowright: "ArrowRight",
  arrowup: "ArrowUp",
  arrowdown: "ArrowDown",
  space: "Space",
};

const capNames: Readonly<Record<string, string>> = {
  mod: isMac ? "⌘" : "Ctrl",
  shift: "⇧",
  enter: "↵",
  escape: "Esc",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
};

function onKeyDown(event: KeyboardEvent): void {
  const key = nameOf(event);
  if (key === null || !isOurs(event, key)) return;
  const sequence = pending !== null && pending.until > event.timeStamp ? `${pending.key} ${key}` : key;
  pending = null;
  const found = actingOn(sequence, registrations.get()) ?? actingOn(key, registrations.get());
  if (found !== undefined) {
    event.preventDefault();
    found.run(event);
  } else if (registrations.get().some((one) => one.key.startsWith(`${key} `))) {
    pending = { key, until: event.timeStamp + sequenceMs };
  }
}

/** Whether a key may act: nobody has taken it, and nobody is writing. */
function isOurs(event: KeyboardEvent, key: string): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return false;
  // Whoever is writing selects text by it.
  if (key === "mod+a") return !isBusy(event.target);
  return key.startsWith("mod+") || (plainKeys.get() && !isBusy(event.target));
}

/** A page's own key goes before one that works everywhere, whichever was registered last: pages draw before the shell. */
function actingOn(key: string, all: readonly Registration[]): Registration | undefined {
  const own = all.filter((one) => one.key === key);
  return own.findLast(({ scope }) => scope === "page") ?? own.at(-1);
}

const modifiers: ReadonlySet<string> = new Set(["control", "meta", "shift", "alt"]);

/** A key as registrations write it, or null where it is none of ours, such as Ctrl on a Mac. */
function nameOf(event: KeyboardEvent): string | null {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const [isMod, isOther] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (isOther || modifiers.has(key)) return null;
  // "?" is typed with Shift on most keyboards and says so itself; letters and arrows do not.
  const saysShift = event.shiftKey && (/^[a-z]$/.test(key) || key.length > 1);
  return `${isMod ? "mod+" : ""}${saysShift ? "shift+" : ""}${key}`;
}

const layers = 'dialog, [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether somebody is writing, or inside a layer that has its own keys. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest(layers) !== null) return true;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|reset|range|file)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}
