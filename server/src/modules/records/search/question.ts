import { wordsOf } from "./fold.ts";

type Compared = { readonly compare: ">" | ">=" | "<" | "<="; readonly value: string };

/** What somebody typed into the search, taken apart. */
export type Question = {
  /** All of it but the operators, as typed. */
  readonly text: string;
  /** Folded words that all have to be there, each at least as the beginning of a word. */
  readonly words: readonly string[];
  /** Folded words in quotes: in the title, in this order. */
  readonly phrases: readonly string[];
  /** Folded words that must not be there. */
  readonly without: readonly string[];
  /** Entities that are meant; null for all. */
  readonly types: readonly string[] | null;
  /** "me", or folded beginnings of an owner's names. */
  readonly owner: string | null;
  readonly stage: string | null;
  readonly amount: Compared | null;
};

/** Longer texts find nothing more; what is cut costs nothing. */
const longestText = 200;
const mostWords = 8;
const fewestLetters = 2;

/** Words that stand in too many names to tell one; they are left out beside others. */
const stopWords: ReadonlySet<string> = new Set("a an and at by for in of on or the to with".split(" "));

const typeNames: Readonly<Record<string, string>> = {
  customer: "customer",
  company: "customer",
  contact: "contact",
  person: "contact",
  opportunity: "opportunity",
  sale: "opportunity",
  interaction: "interaction",
  call: "interaction",
  deal: "deal",
  payment: "payment",
  invoice: "invoice",
};

const token = /(?<minus>-)?(?:(?<name>type|owner|stage):)?(?:"(?<quoted>[^"]*)"|(?<plain>\S+))/gi;
const comparison = /^(?<compare>[<>]=?)(?<value>\d[\d,]*(?:\.\d+)?)(?<scale>[km])?$/i;

/** Reads a search such as `type:deal owner:me >1000 "north star" kestrel -draft`. Whatever is no operator is a word. */
export function questionOf(typed: string): Question {
  const text = typed.replaceAll("\0", "").trim().slice(0, longestText);
  const said = new Said();
  for (const match of text.matchAll(token)) said.take(match[0], match.groups ?? {});
  return said.question();
}

/** Whether it asks for anything that could be looked for; otherwise whoever asks is shown what was last looked at. */
export function asksSomething({ text, words, types, owner, stage, amount }: Question): boolean {
  if (types !== null || owner !== null || stage !== null || amount !== null) return true;
  if (Array.from(text).length < fewestLetters) return false;
  // A number or an address is looked for although it has no word of its own.
  return words.length > 0 || /[@\d]/.test(text);
}

class Said {
  readonly #plain: string[] = [];
  readonly #phrases: string[] = [];
  readonly #without: string[] = [];
  #types: string[] | null = null;
  #owner: string | null = null;
  #stage: string | null = null;
  #amount: Compared | null = null;

  take(whole: string, { minus, name, quoted, plain }: Record<string, string | undefined>): void {
    const value = quoted ?? plain ?? "";
    if (name !== undefined && this.#takeOperator(name.toLowerCase(), value)) return;
    if (minus !== undefined && wordsOf(value).length > 0 && name === undefined) this.#without.push(...wordsOf(value));
    else if (quoted !== undefined && name === undefined) this.#phrases.push(wordsOf(quoted).join(" "));
    else if (!this.#takeAmount(whole)) this.#plain.push(whole);
  }

  #takeOperator(name: string, value: string): boolean {
    const folded = wordsOf(value).join(" ");
    const type = typeNames[folded] ?? typeNames[folded.replace(/ies$/, "y").replace(/s$/, "")];
    if (folded === "" || (name === "type" && type === undefined)) return false;
    if (name === "type") this.#types = [...(this.#types ?? []), type ?? ""];
    else if (name === "owner") this.#owner = folded;
    else this.#stage = folded;
    return true;
  }

  #takeAmount(whole: string): boolean {
    const { compare, value, scale } = comparison.exec(whole)?.groups ?? {};
    if (compare === undefined || value === undefined) return false;
    const digits = value.replaceAll(",", "");
    const power = scale === undefined ? 0 : scale.toLowerCase() === "k" ? 3 : 6;
    this.#amount = { compare: compare as Compared["compare"], value: scaled(digits, power) };
    return true;
  }

  question(): Question {
    const text = this.#plain.join(" ");
    const all = [...wordsOf(text), ...this.#phrases.flatMap((phrase) => phrase.split(" "))].filter(Boolean);
    const words = [...new Set(all)].filter((word) => !stopWords.has(word)).slice(0, mostWords);
    return {
      text: this.#phrases.length === 0 ? text : [text, ...this.#phrases].join(" ").trim(),
      words,
      phrases: this.#phrases.filter((phrase) => phrase !== ""),
      without: this.#without,
      types: this.#types,
      owner: this.#owner,
      stage: this.#stage,
      amount: this.#amount,
    };
  }
}

/** A decimal times a power of ten, without a binary fraction: "1.5" by 3 is "1500". */
function scaled(decimal: string, power: number): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const digits = fraction.padEnd(power, "0");
  const rest = digits.slice(power);
  return `${whole}${digits.slice(0, power)}${rest === "" ? "" : `.${rest}`}`;
}

/** The number in "OPP-418", "opp 418" or "418"; null where the text is none, or one of another entity. */
export function numberIn(numberPrefix: string, text: string): bigint | null {
  const match = /^(?:([a-z]+)[-\s]?)?(\d{1,15})$/i.exec(text);
  if (match === null) return null;
  const [, prefix, digits = "0"] = match;
  return prefix === undefined || prefix.toUpperCase() === numberPrefix ? BigInt(digits) : null;
}

/** The decimal in "12,500.00" or "12500"; null where the text is none. */
export function decimalIn(text: string): string | null {
  const bare = text.replaceAll(/^\p{Sc}\s*|\s*\p{Sc}$/gu, "");
  return /^(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,4})?$/.test(bare) ? bare.replaceAll(",", "") : null;
}

const fewestDigits = 4;
/** So many from the end are the same, with the code of the country, a zero or neither before them. */
const digitsThatStay = 9;

/** The digits of a phone number from the last to the first, as many as stay; null where the text is no number. */
export function phoneIn(text: string): string | null {
  if (!/^[+\d][\d\s()./-]*$/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, "");
  if (digits.length < fewestDigits) return null;
  return Array.from(digits).toReversed().slice(0, digitsThatStay).join("");
}
