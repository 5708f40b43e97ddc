import { entityOf, events, type EventType } from "@rainmaker/contracts/events";

/** What a sentence asks of the log. Every part narrows it. */
export type AuditQuestion = {
  /** Numbers of records, as OPP-12. */
  readonly labels: readonly string[];
  /** Kinds of events a verb stands for; null where the sentence has none. */
  readonly types: readonly EventType[] | null;
  readonly entities: readonly string[];
  /** Beginnings of names, folded to lower case: of who did it, or of what it was done to. */
  readonly words: readonly string[];
};

const allTypes = Object.keys(events) as EventType[];
const verbOf = (type: EventType): string => type.slice(type.indexOf(".") + 1);
const entities: ReadonlySet<string> = new Set(allTypes.map(entityOf));
/** Words that say nothing by themselves. */
const fillers: ReadonlySet<string> = new Set([
  "the",
  "a",
  "an",
  "by",
  "of",
  "to",
  "in",
  "on",
  "who",
  "what",
  "was",
  "has",
]);

/** Reads "maya moved opp-12": who, what happened, and to which record, in any order. */
export function readQuestion(text: string): AuditQuestion {
  const asked = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "" && !fillers.has(word));
  const labels: string[] = [];
  const types: EventType[] = [];
  const about: string[] = [];
  const words: string[] = [];
  for (const word of asked) {
    const meant = allTypes.filter((type) => verbOf(type) === word);
    const entity = word.endsWith("s") ? word.slice(0, -1) : word;
    if (/^[a-z]{2,4}-\d+(-\d+)?$/.test(word)) labels.push(word.toUpperCase());
    else if (meant.length > 0) types.push(...meant);
    else if (entities.has(entity)) about.push(entity);
    else words.push(word);
  }
  return { labels, types: types.length === 0 ? null : types, entities: about, words };
}
