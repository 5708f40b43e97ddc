import { clsx, type ClassValue } from "clsx";
import { createTailwindMerge } from "tailwind-merge";

/**
 * Joins class names; of two utilities for the same property the later one wins, so that callers can override. Knows
 * the groups that are overridden here; the library's own table of everything Tailwind has costs 8 kB on first load.
 */
export function cx(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}

const any = [(): boolean => true];
const isLength = ["", (value: string): boolean => /^\d|^\[[\d.]+(px|em|rem)/.test(value)];
const isTextSize = [(value: string): boolean => /^(\d?xs|sm|md|lg|\d?xl|\[[\d.]+(px|em|rem)?\])$/.test(value)];

const classGroups = {
  display: ["block", "inline-block", "inline", "flex", "inline-flex", "grid", "inline-grid", "contents", "hidden"],
  position: ["static", "relative", "absolute", "fixed", "sticky"],
  size: [{ size: any }],
  w: [{ w: any }],
  h: [{ h: any }],
  "min-w": [{ "min-w": any }],
  "min-h": [{ "min-h": any }],
  "max-w": [{ "max-w": any }],
  "max-h": [{ "max-h": any }],
  p: [{ p: any }],
  px: [{ px: any }],
  py: [{ py: any }],
  pt: [{ pt: any }],
  pr: [{ pr: any }],
  pb: [{ pb: any }],
  pl: [{ pl: any }],
  m: [{ m: any }],
  mx: [{ mx: any }],
  my: [{ my: any }],
  mt: [{ mt: any }],
  mr: [{ mr: any }],
  mb: [{ mb: any }],
  ml: [{ ml: any }],
  gap: [{ gap: any }],
  "gap-x": [{ "gap-x": any }],
  "gap-y": [{ "gap-y": any }],
  top: [{ top: any }],
  left: [{ left: any }],
  right: [{ right: any }],
  bottom: [{ bottom: any }],
  inset: [{ inset: any }],
  "inset-x": [{ "inset-x": any }],
  "inset-y": [{ "inset-y": any }],
  rounded: [{ rounded: any }],
  "rounded-t": [{ "rounded-t": any }],
  "rounded-r": [{ "rounded-r": any }],
  "rounded-b": [{ "rounded-b": any }],
  "rounded-l": [{ "rounded-l": any }],
  "border-width": [{ border: isLength }],
  "border-model": [{ border: ["collapse", "separate"] }],
  "border-spacing": [{ "border-spacing": any }],
  "border-style": [{ border: ["solid", "dashed", "dotted", "none"] }],
  "border-x": [{ "border-x": isLength }],
  "border-x-colour": [{ "border-x": any }],
  "border-y": [{ "border-y": isLength }],
  "border-y-colour": [{ "border-y": any }],
  "border-t": [{ "border-t": isLength }],
  "border-t-colour": [{ "border-t": any }],
  "border-r": [{ "border-r": isLength }],
  "border-r-colour": [{ "border-r": any }],
  "border-b": [{ "border-b": isLength }],
  "border-b-colour": [{ "border-b": any }],
  "border-l": [{ "border-l": isLength }],
  "border-l-colour": [{ "border-l": any }],
  "border-colour": [{ border: any }],
  background: [{ bg: any }],
  shadow: [{ shadow: any }],
  "text-align": [{ text: ["left", "center", "right"] }],
  "text-size": [{ text: isTextSize }],
  "text-colour": [{ text: any }],
  weight: [{ font: ["normal", "medium", "semibold"] }],
  leading: [{ leading: any }],
  whitespace: [{ whitespace: any }],
  items: [{ items: any }],
  justify: [{ justify: any }],
  flex: [{ flex: ["1", "none", "auto"] }],
  direction: [{ flex: ["row", "col", "row-reverse", "col-reverse"] }],
  overflow: [{ overflow: ["auto", "hidden", "clip", "visible"] }],
  cursor: [{ cursor: any }],
};

/** What a group takes away beside itself. */
const conflictingClassGroups = {
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

const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups,
  conflictingClassGroups,
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: ["before", "after"],
}));
