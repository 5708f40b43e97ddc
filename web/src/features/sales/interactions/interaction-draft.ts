import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { ContactId, CustomerId, OpportunityId } from "@rainmaker/contracts/ids";
import type { InteractionKind, logInteraction, Outcome } from "@rainmaker/contracts/sales/interactions";
import { outcomesOf } from "./interaction-words.ts";
import { readInteraction } from "./read-interaction.ts";

export type ContactRef = {
  readonly id: ContactId;
  readonly name: string;
  /** To tell namesakes apart: what they do, where they work. */
  readonly detail?: string | undefined;
};

/** What an interaction is about. */
export type About = {
  readonly customerId?: CustomerId | undefined;
  readonly opportunityId?: OpportunityId | undefined;
  readonly contactId?: ContactId | undefined;
};

/** What was typed, and what was chosen by hand: that goes before what the words say. */
export type Draft = {
  readonly kind: InteractionKind;
  readonly text: string;
  readonly outcome?: Outcome | null | undefined;
  /** As typed: "20", "1 h 20". */
  readonly length?: string | undefined;
  readonly followUpOn?: string | null | undefined;
  readonly contacts?: readonly ContactRef[] | undefined;
  /** Now, unless given. */
  readonly day?: string | null | undefined;
  readonly time?: string | undefined;
};

export const blankDraft: Draft = { kind: "call", text: "" };

export type Facts = {
  readonly outcome: Outcome | null;
  readonly minutes: number | null;
  readonly followUpOn: string | null;
  readonly contacts: readonly ContactRef[];
  readonly unclear: readonly { readonly word: string; readonly people: readonly ContactRef[] }[];
  readonly note: string;
};

/** What is known by now: from the words, and over them what was chosen. */
export function factsOf(draft: Draft, people: readonly ContactRef[], today: string): Facts {
  const words = readInteraction(draft.text, { kind: draft.kind, today, people });
  const outcome = draft.outcome === undefined ? words.outcome : draft.outcome;
  return {
    // Of another kind than it was chosen for.
    outcome: outcome !== null && outcomesOf(draft.kind).includes(outcome) ? outcome : null,
    minutes: draft.length === undefined ? words.minutes : readMinutes(draft.length),
    followUpOn: draft.followUpOn === undefined ? words.followUpOn : draft.followUpOn,
    contacts: draft.contacts ?? words.people,
    unclear: draft.contacts === undefined ? words.unclear : [],
    note: words.note,
  };
}

/** "20", "20 min", "1 h 20"; null where it is no length. */
export function readMinutes(text: string): number | null {
  const plain = /^\s*(\d{1,4})\s*$/.exec(text);
  return plain === null
    ? readInteraction(text, { kind: "call", today: "2000-01-01", people: [] }).minutes
    : Number(plain[1]);
}

/** Whether there is something to keep. */
export function isBlank({ text, outcome, length, followUpOn, contacts }: Draft): boolean {
  return text.trim() === "" && outcome == null && !length && followUpOn == null && (contacts ?? []).length === 0;
}

export type InteractionBody = BodyOf<typeof logInteraction>;

/** What is sent. A contact the page is about always took part. */
export function bodyOf(draft: Draft, facts: Facts, about: About, today: string): InteractionBody {
  const own = about.contactId === undefined ? [] : [about.contactId];
  const contactIds = [...new Set([...own, ...facts.contacts.map(({ id }) => id)])];
  const isNow = (draft.day ?? today) === today && !draft.time;
  return given({
    kind: draft.kind,
    customerId: about.customerId,
    opportunityId: about.opportunityId,
    body: facts.note === "" ? undefined : facts.note,
    outcome: facts.outcome ?? undefined,
    minutes: facts.minutes ?? undefined,
    followUpOn: facts.followUpOn ?? undefined,
    contactIds: contactIds.length === 0 ? undefined : contactIds,
    occurredAt: isNow ? undefined : instantOf(draft.day ?? today, draft.time),
  });
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without what was left open. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}

/** A day and a time in the viewer's zone; noon where no time was given. What is no day goes out as it is. */
export function instantOf(day: string, time: string | undefined): string {
  const date = new Date(`${day}T${readTime(time ?? "") ?? "12:00"}`);
  return Number.isNaN(date.getTime()) ? day : date.toISOString();
}

/** "9:30", "0930", "9"; null where it is no time of day. */
export function readTime(text: string): string | null {
  const match = /^\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*$/.exec(text);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? "0")];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
