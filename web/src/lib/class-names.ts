import { clsx, type ClassValue } from "clsx";

/**
 * Joins class names; of two utilities for the same property the later one wins, so that callers can override. Knows
 * the properties that are overridden here: a general library for it costs as much of the first load as a screen.
 */
export function cx(...classes: ClassValue[]): string {
  const text = clsx(classes);
  let merged = known.get(text);
  if (merged === undefined) {
    merged = merge(text);
    if (known.size >= mostKnown) known.clear();
    known.set(text, merged);
  }
  return merged;
}

const known = new Map<string, string>();
const mostKnown = 1000;

/** Utilities of a name each: what stands behind the name is the value. */
const named = new Set(
  "size w h min-w min-h max-w max-h p px py pt pr pb pl m mx my mt mr mb ml gap gap-x gap-y top left right bottom inset inset-x inset-y rounded rounded-t rounded-r rounded-b rounded-l bg shadow leading whitespace items justify cursor".split(
    " ",
  ),
);

const widthOrNone = /^($|\d|\[[\d.]+(px|em|rem))/;
const textSize = /^(\d?xs|sm|md|lg|\d?xl|\[[\d.]+(px|em|rem)?\])$/;

/** Names that stand for several properties: the value tells which. The first that fits. */
const byValue: readonly (readonly [name: RegExp, value: RegExp, property: string])[] = [
  [/^border$/, /^(collapse|separate)$/, "border-model"],
  [/^border$/, /^spacing-/, "border-spacing"],
  [/^border$/, /^(solid|dashed|dotted|none)$/, "border-style"],
  [/^border$/, widthOrNone, "border-width"],
  [/^border$/, /./, "border-colour"],
  [/^text$/, /^(left|center|right)$/, "text-align"],
  [/^text$/, textSize, "text-size"],
  [/^text$/, /./, "text-colour"],
  [/^font$/, /^(normal|medium|semibold)$/, "weight"],
  [/^flex$/, /^(1|none|auto)$/, "flex"],
  [/^flex$/, /^(row|col)(-reverse)?$/, "direction"],
  [/^overflow$/, /^(auto|hidden|clip|visible)$/, "overflow"],
];

/** What a property takes away beside itself. */
const covered: Readonly<Record<string, readonly string[]>> = {
  size: ["w", "h"],
  p: ["px", "py", "pt", "pr", "pb", "pl"],
  px: ["pr", "pl"],
  py: ["pt", "pb"],
  m: ["mx", "my", "mt", "mr", "mb", "ml"],
  mx: ["mr", "ml"],
  my: ["mt", "mb"],
  gap: ["gap-x", "gap-y"],
  rounded: ["rounded-t", "rounded-r", "rounded-b", "rounded-l"],
  inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
  "inset-x": ["right", "left"],
  "inset-y": ["top", "bottom"],
  // A size brings its line height along.
  "text-size": ["leading"],
};

function merge(text: string): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  for (const name of text.split(/\s+/).toReversed()) {
    // States such as hover: and max-sm: are properties of their own; their order says nothing.
    const [, states = "", isStrong = "", utility = ""] =
      /^((?:[^[(]*?(?:\[[^\]]*\])?[^[(]*?:)*)(!?)(.*)$/.exec(name) ?? [];
    const property = propertyOf(utility);
    if (property !== null) {
      const place = states.split(":").toSorted().join(":") + isStrong;
      if (taken.has(place + property)) continue;
      for (const one of [property, ...(covered[property] ?? [])]) taken.add(place + one);
    }
    kept.push(name);
  }
  return kept.toReversed().join(" ");
}

/** @returns the property that a utility sets; null for one that is never overridden */
function propertyOf(utility: string): string | null {
  if (/^(block|inline|inline-block|flex|inline-flex|grid|inline-grid|contents|hidden)$/.test(utility)) return "display";
  if (/^(static|relative|absolute|fixed|sticky)$/.test(utility)) return "position";
  const [, name = "", value = ""] = /^-?([a-z]+(?:-[xytrbl](?=-|$)|(?<=min|max)-[wh])?)(?:-(.+))?$/.exec(utility) ?? [];
  if (named.has(name)) return name;
  const side = /^border-([xytrbl])$/.exec(name)?.[1];
  if (side !== undefined) return `border-${side}-${widthOrNone.test(value) ? "width" : "colour"}`;
  return byValue.find(([names, values]) => names.test(name) && values.test(value))?.[2] ?? null;
}
