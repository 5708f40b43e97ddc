import { clsx, type ClassValue } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins class names; of two utilities for the same property the later one wins, so that callers can override. */
export function cx(...classes: ClassValue[]): string {
  return twMerge(clsx(classes));
}
