import type { TimelineEntry } from "@rainmaker/contracts/records/records";
import { fieldLabel } from "#features/organization";
import { timelineSentence } from "../opportunities/timeline-words.ts";

type Entry = Pick<TimelineEntry, "type" | "changes" | "facts" | "label">;

/** What an entry of a customer's timeline says after the name of who did it. */
export function timelineText(entry: Entry, nameOf: (id: string) => string | undefined): string {
  switch (entry.type) {
    case "customer.created":
      return "added this customer";
    case "customer.restored":
      return "took this customer back from the trash";
    case "customer.merged":
      return timelineSentence(entry, nameOf);
    case "contact.changed":
      return [`changed ${changesText(entry.changes, nameOf) || "it"}`, entry.label]
        .filter((part) => part !== null)
        .join(" · ");
    case "customer.changed":
      return `changed ${changesText(entry.changes, nameOf) || "this customer"}`;
    default:
      // Of what hangs on the customer: told as on its own page, with its number to know it by.
      return [timelineSentence(entry, nameOf), entry.label].filter((part) => part !== null).join(" · ");
  }
}

function changesText(changes: Entry["changes"], nameOf: (id: string) => string | undefined): string {
  const parts = Object.entries(changes).map(([field, [before, after]]) => {
    const [from, to] = [valueText(before, nameOf), valueText(after, nameOf)];
    const label = fieldLabel(field).toLowerCase();
    // Which customers is said by their ids.
    if (field === "customers") return "the customers";
    if (to === null) return `${label}, which was ${from ?? "empty"}`;
    return from === null ? `${label} to ${to}` : `${label} from ${from} to ${to}`;
  });
  return parts.join("; ");
}

function valueText(value: unknown, nameOf: (id: string) => string | undefined): string | null {
  if (value == null || value === "") return null;
  if (typeof value === "string") return nameOf(value) ?? value;
  // Tags, an address in parts, addresses and numbers with what they are for.
  if (typeof value === "object") {
    const parts = Object.values(value).map((part) => valueText(mainOf(part), nameOf));
    return parts.filter((part) => part !== null).join(", ") || null;
  }
  return JSON.stringify(value);
}

function mainOf(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return part;
  if ("email" in part) return part.email;
  return "phone" in part ? part.phone : null;
}
