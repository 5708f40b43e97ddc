import {
  outcomesByKind,
  type Interaction,
  type InteractionKind,
  type Outcome,
} from "@rainmaker/contracts/sales/interactions";
import { CalendarDays, Mail, Phone, StickyNote, type LucideIcon } from "lucide-react";
import { formatDuration } from "#lib/format";

export const kindNames: Readonly<Record<InteractionKind, string>> = {
  call: "Call",
  note: "Note",
  mail: "Email",
  meeting: "Meeting",
};

export const kindIcons: Readonly<Record<InteractionKind, LucideIcon>> = {
  call: Phone,
  note: StickyNote,
  mail: Mail,
  meeting: CalendarDays,
};

/** What was logged, as the object of a sentence. */
export const kindObjects: Readonly<Record<InteractionKind, string>> = {
  call: "the call",
  note: "the note",
  mail: "the email",
  meeting: "the meeting",
};

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  reached: "Reached",
  no_answer: "No answer",
  left_message: "Left a message",
  wrong_number: "Wrong number",
  held: "Held",
  no_show: "No show",
  cancelled: "Cancelled",
  sent: "Sent",
  replied: "Replied",
  bounced: "Bounced",
};

export function outcomesOf(kind: InteractionKind): readonly Outcome[] {
  return outcomesByKind[kind];
}

type Told = Pick<Interaction, "kind" | "direction" | "outcome" | "minutes"> & {
  readonly contacts: readonly { readonly name: string }[];
};

/** What an interaction says after the name of its author: "called Ruth Adeyemi, 32 min, reached". */
export function interactionSentence({ kind, direction, outcome, minutes, contacts }: Told): string {
  const length = minutes === null || minutes === 0 ? null : lengthText(minutes);
  const end = outcome === null ? null : outcomeNames[outcome].toLowerCase();
  return [doing(kind, direction, namesText(contacts)), length, end].filter((part) => part !== null).join(", ");
}

function doing(kind: InteractionKind, direction: Told["direction"], names: string | null): string {
  const isTheirs = direction === "inbound";
  switch (kind) {
    case "call":
      if (names === null) return isTheirs ? "took a call" : "made a call";
      return isTheirs ? `was called by ${names}` : `called ${names}`;
    case "meeting":
      return names === null ? "had a meeting" : `met ${names}`;
    case "mail":
      if (names === null) return isTheirs ? "got an email" : "wrote an email";
      return isTheirs ? `got an email from ${names}` : `wrote to ${names}`;
    default:
      return names === null ? "wrote a note" : `wrote a note on ${names}`;
  }
}

/** "Ruth", "Ruth and Marcus", "Ruth, Marcus and Ana"; null for nobody. */
export function namesText(people: readonly { readonly name: string }[]): string | null {
  const names = people.map(({ name }) => name);
  const last = names.pop();
  if (last === undefined) return null;
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

/** "32 min", "1 h 20 min". */
export function lengthText(minutes: number): string {
  if (minutes < 60) return formatDuration(minutes * 60_000);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}
