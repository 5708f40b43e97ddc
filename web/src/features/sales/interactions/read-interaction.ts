import type { InteractionKind, Outcome } from "@rainmaker/contracts/sales/interactions";
import { readDay } from "#lib/read-day";

type Person = { readonly id: string; readonly name: string };

type Reading<P extends Person> = {
  readonly outcome: Outcome | null;
  readonly minutes: number | null;
  /** The day of the follow-up. */
  readonly followUpOn: string | null;
  readonly people: readonly P[];
  /** Names that fit several people: somebody has to say who is meant. */
  readonly unclear: readonly { readonly word: string; readonly people: readonly P[] }[];
  /** What was not understood, in the order it was written. */
  readonly note: string;
};

type Known<P extends Person> = {
  readonly kind: InteractionKind;
  readonly today: string;
  /** People the words may name. */
  readonly people: readonly P[];
};

/**
 * Reads what somebody typed about a call: "reached Ruth 20 min, wants net 60, follow up friday". Outcome, length and
 * names are looked for in the first part of the sentence only, for later on "replied" or "Ruth" may be told about; the
 * follow-up anywhere. What is not understood stays in the note.
 */
export function readInteraction<P extends Person>(text: string, known: Known<P>): Reading<P> {
  const followUp = readFollowUp(text, known.today);
  const [head, tail] = cutHead(followUp.rest);
  const length = readLength(head);
  const outcome = readOutcome(length.rest, known.kind);
  const named = known.kind === "note" ? nobody<P>(outcome.rest) : readPeople(outcome.rest, known.people);
  return {
    outcome: outcome.value,
    minutes: length.value,
    followUpOn: followUp.value,
    people: named.people,
    unclear: named.unclear,
    note: tidy(`${tidy(named.rest)}${tail}`),
  };
}

type Found<T> = { readonly value: T | null; readonly rest: string };

const clock = String.raw`(?:\s+(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?(?![\w/.-]))?`;
const followUpLead = /\bfollow(?:\s|-)?up\s*(?:on\s+|:\s*)?/i;

/** A day is read from up to three words after "follow up"; a time after it is kept in the note: follow-ups have days. */
function readFollowUp(text: string, today: string): Found<string> {
  const lead = followUpLead.exec(text);
  if (lead === null) return { value: null, rest: text };
  const after = text.slice(lead.index + lead[0].length);
  const words = after.split(/(?<=\s)/);
  for (const count of [3, 2, 1]) {
    const phrase = words.slice(0, count).join("");
    const day = readPhrase(phrase.trim().replace(/[,;.]+$/, ""), today);
    if (day === null || words.length < count) continue;
    const { time, length } = readClock(after.slice(phrase.trimEnd().length));
    const end = phrase.trimEnd().length + length;
    return { value: day, rest: `${text.slice(0, lead.index)}${time}${after.slice(end)}` };
  }
  return { value: null, rest: text };
}

function readClock(text: string): { readonly time: string; readonly length: number } {
  const match = new RegExp(`^${clock}`, "i").exec(text);
  if (match?.[1] === undefined) return { time: "", length: 0 };
  return {
    time: `follow-up at ${match[1]}${match[2] === undefined ? ":00" : `:${match[2]}`}${match[3] ?? ""}`,
    length: match[0].length,
  };
}

/** "friday" and what else a date field takes, "in 3 days", "next week". */
function readPhrase(phrase: string, today: string): string | null {
  const ahead = /^in\s+(\d{1,3}|an?)\s+(day|week|month)s?$/i.exec(phrase);
  if (ahead !== null) {
    const count = /^an?$/i.test(ahead[1] ?? "") ? "1" : ahead[1];
    return readDay(`+${count}${ahead[2]?.charAt(0).toLowerCase()}`, today);
  }
  const next = /^next\s+(week|month)$/i.exec(phrase);
  if (next !== null) return readDay(`+1${next[1]?.charAt(0).toLowerCase()}`, today);
  return readDay(phrase.replace(/^next\s+/i, ""), today);
}

/** Up to the first comma, full stop or line: where the facts stand. */
function cutHead(text: string): readonly [string, string] {
  const end = /[,;\n]|\.(?=\s|$)/.exec(text)?.index ?? text.length;
  return [text.slice(0, end), text.slice(end)];
}

function readLength(text: string): Found<number> {
  const match =
    /\b(?:for\s+)?(\d{1,2})\s*(?:h|hrs?|hours?)\s*(?:(\d{1,2})\s*(?:m|min|mins|minutes)?)?\b/i.exec(text) ??
    /\b(?:for\s+)?()(\d{1,4})\s*(?:m|min|mins|minutes)\b/i.exec(text);
  if (match === null) return { value: null, rest: text };
  const value = Number(match[1] ?? "") * 60 + Number(match[2] ?? "");
  return { value, rest: without(text, match) };
}

const outcomeWords: Readonly<Record<InteractionKind, readonly (readonly [RegExp, Outcome])[]>> = {
  call: [
    [/\bno[- ](?:answer|reply)\b|\bdid(?:n't| not) (?:answer|pick up)\b/i, "no_answer"],
    [/\bleft (?:a )?(?:message|voicemail)\b|\bvoicemail\b/i, "left_message"],
    [/\bwrong number\b/i, "wrong_number"],
    [/\breached\b|\b(?:spoke|talked) (?:to|with)\b/i, "reached"],
  ],
  meeting: [
    [/\bno[- ]show\b/i, "no_show"],
    [/\bcancel(?:l)?ed\b/i, "cancelled"],
    [/\bheld\b|\bmet(?: with)?\b/i, "held"],
  ],
  mail: [
    [/\bbounced\b/i, "bounced"],
    [/\breplied\b/i, "replied"],
    [/\bsent(?: to)?\b|\bwrote(?: to)?\b/i, "sent"],
  ],
  note: [],
};

function readOutcome(text: string, kind: InteractionKind): Found<Outcome> {
  for (const [words, value] of outcomeWords[kind]) {
    const match = words.exec(text);
    if (match !== null) return { value, rest: without(text, match) };
  }
  return { value: null, rest: text };
}

type Named<P extends Person> = Pick<Reading<P>, "people" | "unclear"> & { readonly rest: string };

function nobody<P extends Person>(rest: string): Named<P> {
  return { people: [], unclear: [], rest };
}

/** Full names first, then first or last names alone. */
function readPeople<P extends Person>(text: string, people: readonly P[]): Named<P> {
  const found: P[] = [];
  const unclear: { word: string; people: readonly P[] }[] = [];
  let rest = text;
  const take = (word: string, meant: readonly P[]): void => {
    const match = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:(?:with|and|to)\\s+)?${escaped(word)}(?![\\p{L}\\p{N}])`,
      "iu",
    ).exec(fold(rest));
    if (match === null || fold(rest).length !== rest.length) return;
    rest = without(rest, match);
    const [only] = meant;
    if (meant.length === 1 && only !== undefined) found.push(only);
    else unclear.push({ word, people: meant });
  };
  for (const person of people) take(fold(person.name), [person]);
  const words = Map.groupBy(
    people.flatMap((person) =>
      fold(person.name)
        .split(/\s+/)
        .map((word) => ({ word, person })),
    ),
    ({ word }) => word,
  );
  for (const [word, entries] of words) {
    const open = entries.map(({ person }) => person).filter((person) => !found.includes(person));
    if (word.length > 1 && open.length === entries.length) take(word, open);
  }
  return { people: found, unclear, rest };
}

function without(text: string, match: RegExpExecArray): string {
  return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Composed again, so that letters stay in their places. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
}

/** What is left between commas, without the commas that lead nowhere; a sentence begins with a capital. */
function tidy(text: string): string {
  const clean = text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ (?=[,;.])/g, "")
    .replace(/([,;])(?:\s*[,;])+/g, "$1")
    .replace(/^[\s,;.]+/, "")
    .replace(/[\s,;]+$/, "");
  return clean.charAt(0).toUpperCase() + clean.slice(1);
}
