import { fold, wordsOf } from "./fold.ts";
import type { Question } from "./question.ts";

/** By what a record was found. */
export type Way = "number" | "email" | "phone" | "amount" | "domain" | "name" | "word" | "near" | "listed";

export type Candidate = {
  readonly entity: string;
  readonly title: string;
  readonly way: Way;
  readonly isOwn: boolean;
  /** Records made later come first among equals. */
  readonly id: string;
};

/** What a key of its own is worth beside a title that begins with what was typed (800). */
const worth: Readonly<Record<Way, number>> = {
  number: 1000,
  email: 820,
  phone: 700,
  amount: 650,
  domain: 600,
  name: 550,
  word: 0,
  near: 0,
  listed: 0,
};
const entityWorth: Readonly<Record<string, number>> = { customer: 6, contact: 5, opportunity: 4, deal: 3, invoice: 2 };
const own = 12;
/** Off for each better match of its kind: many of one kind do not hide the others. */
const crowding = 25;

/** The candidates from the best match on; the same record once, by its best way. */
export function ranked<Item extends Candidate>(question: Question, items: readonly Item[]): Item[] {
  const text = wordsOf(question.text).join(" ");
  const scored = items
    .map((item) => ({ item, score: scoreOf(question, text, item) }))
    .toSorted((a, b) => b.score - a.score || (a.item.id < b.item.id ? 1 : -1));
  const seen = new Set<string>();
  const before = new Map<string, number>();
  const spread = scored.flatMap(({ item, score }) => {
    if (seen.has(item.id)) return [];
    seen.add(item.id);
    const count = before.get(item.entity) ?? 0;
    before.set(item.entity, count + 1);
    return [{ item, score: score - count * crowding }];
  });
  return spread.toSorted((a, b) => b.score - a.score).map(({ item }) => item);
}

function scoreOf(question: Question, text: string, { entity, title, way, isOwn }: Candidate): number {
  const score = Math.max(worth[way], textScore(question.words, text, title));
  return score + (entityWorth[entity] ?? 1) + (isOwn ? own : 0);
}

function textScore(words: readonly string[], text: string, title: string): number {
  if (words.length === 0) return 0;
  const own = wordsOf(title);
  const joined = own.join(" ");
  if (joined === text || fold(title) === text) return 900;
  // Of two that begin alike the shorter is meant.
  const rest = Math.min(40, own.length * 4);
  if (joined.startsWith(`${text} `)) return 860 - rest;
  if (joined.startsWith(text)) return 820 - rest;
  const parts = words.map((word) => (own.includes(word) ? 1 : own.some((other) => other.startsWith(word)) ? 0.8 : 0.3));
  const first = words.some((word) => own[0]?.startsWith(word)) ? 60 : 0;
  return Math.floor((parts.reduce((sum, part) => sum + part, 0) / words.length) * 500) + first - rest;
}
