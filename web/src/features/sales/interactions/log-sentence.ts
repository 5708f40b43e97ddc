import type { InteractionKind } from "@rainmaker/contracts/sales/interactions";

const kinds: Readonly<Record<string, InteractionKind>> = {
  call: "call",
  meeting: "meeting",
  mail: "mail",
  email: "mail",
  note: "note",
};

const opening = /^\s*log\s+(?:an?\s+)?(call|meeting|e-?mail|mail|note)\b[\s:]*(?:(?:with|to|on|about)\s+)?/i;

/** Whether somebody begins to log something: "log call kestrel reached 20 min". */
export function isLogSentence(text: string): boolean {
  return opening.test(text);
}

/** Words that end a name: what is said about the call begins with them. */
const facts =
  /[,;:.\n]|\b(?:reached|spoke|talked|no|did|didn't|left|voicemail|wrong|met|held|cancell?ed|sent|replied|bounced|wrote|for|follow(?:-?up)?)\b|\b\d+\s*(?:m|mins?|minutes?|h|hrs?|hours?)\b/i;
const mostWords = 5;

type LogSentence = {
  readonly kind: InteractionKind;
  /** Whom or what it may be about, the longest guess first: "kestrel wants", "kestrel". */
  readonly names: readonly string[];
  /** What is said, from the name on. */
  readonly rest: string;
};

/** Takes a sentence apart, up to who it is about: that only a search can know. */
export function readLogSentence(text: string): LogSentence | null {
  const match = opening.exec(text);
  if (match === null) return null;
  const rest = text.slice(match[0].length);
  const end = facts.exec(rest)?.index ?? rest.length;
  const words = rest.slice(0, end).trim().split(/\s+/).filter(Boolean).slice(0, mostWords);
  const names = words.map((_, index) => words.slice(0, words.length - index).join(" "));
  return { kind: kinds[match[1]?.toLowerCase().replace("-", "") ?? ""] ?? "call", names, rest };
}

/** What is left to say once the name is understood. */
export function withoutName(rest: string, name: string): string {
  return rest.toLowerCase().startsWith(name.toLowerCase()) ? rest.slice(name.length).replace(/^[\s:,]+/, "") : rest;
}
