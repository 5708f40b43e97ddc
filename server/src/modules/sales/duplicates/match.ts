import type { DuplicateEntity, DuplicateReason } from "@rainmaker/contracts/sales/duplicates";

/** What two records are compared by. Names are keys as the database writes them: folded, without gaps and legal form. */
export type Facts = {
  readonly nameKey: string;
  readonly emails: readonly string[];
  /** Digits from the last to the first, as many as stay with and without the country's code. */
  readonly phones: readonly string[];
  /** Of addresses and the website, those of nobody's own mail service left out. */
  readonly domains: readonly string[];
  /** Where a contact works. */
  readonly customerIds: readonly string[];
};

export type Likeness = { readonly score: number; readonly reasons: readonly DuplicateReason[] };

/** Mail services anybody has an address at: what two addresses there have in common says nothing. */
export const freeMail: readonly string[] = (
  "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com " +
  "gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de proton.me protonmail.com mail.com mail.ru yandex.ru orange.fr " +
  "free.fr wanadoo.fr laposte.net libero.it virgilio.it seznam.cz wp.pl onet.pl o2.pl interia.pl qq.com 163.com zoho.com"
).split(" ");

/** From this share of common trigrams on two names are nearly the same: one letter of a dozen. */
const nearFrom = 0.85;
/** Enough beside something else in common. */
const akinFrom = 0.6;

/** How likely two records are the same, in percent, and by what. */
export function likenessOf(entity: DuplicateEntity, one: Facts, other: Facts): Likeness {
  const shared = (field: "emails" | "domains" | "customerIds"): boolean =>
    one[field].some((value) => other[field].includes(value));
  const isNamed = isSameName(one.nameKey, other.nameKey);
  const nearness = isNamed ? 1 : similarity(one.nameKey, other.nameKey);
  const has: Readonly<Record<DuplicateReason, boolean>> = {
    email: shared("emails"),
    phone: one.phones.some((phone) => other.phones.some((same) => isSamePhone(phone, same))),
    domain: shared("domains"),
    name: isNamed,
    near_name: !isNamed && nearness >= akinFrom,
    customer: shared("customerIds"),
  };
  const isElsewhere = one.domains.length > 0 && other.domains.length > 0 && !has.domain;
  const isNear = !isNamed && (nearness >= nearFrom || isOneSlip(one.nameKey, other.nameKey));
  const signals: Readonly<Record<Signal, boolean>> = {
    ...has,
    elsewhere: isElsewhere,
    near: isNear,
    akin: has.near_name,
  };
  const rule = rules[entity].find(([needed]) => needed.every((signal) => signals[signal]));
  return { score: rule?.[1] ?? 0, reasons: order.filter((reason) => has[reason]) };
}

const order: readonly DuplicateReason[] = ["email", "name", "near_name", "phone", "domain", "customer"];

/** Something in common, or that both are known at domains of their own, and not the same. */
type Signal = DuplicateReason | "near" | "akin" | "elsewhere";
type Rule = readonly [signals: readonly Signal[], score: number];

/** The first rule of which everything holds says the score. */
const rules: Readonly<Record<DuplicateEntity, readonly Rule[]>> = {
  // A company is known by its name; one of the same name at another domain is another one more often than not.
  customer: [
    [["name", "email"], 97],
    [["name", "domain"], 97],
    [["name", "phone"], 97],
    [["akin", "email"], 93],
    [["akin", "domain"], 93],
    [["akin", "phone"], 88],
    [["name", "elsewhere"], 68],
    [["near", "elsewhere"], 50],
    [["name"], 88],
    [["email", "phone"], 85],
    [["near"], 82],
    [["domain", "phone"], 75],
    [["email"], 60],
    [["domain"], 60],
    [["phone"], 60],
  ],
  // A person is known by an address; a name is shared by many, but seldom where they work.
  contact: [
    [["email"], 98],
    [["name", "phone"], 96],
    [["name", "customer"], 92],
    [["name", "domain"], 92],
    [["akin", "phone"], 90],
    [["near", "customer"], 82],
    [["near", "domain"], 82],
    [["name", "elsewhere"], 40],
    [["name"], 60],
    [["phone"], 55],
  ],
};

/** Legal forms people write with dots or strokes, which the key of the name therefore still ends with. */
const dottedForms = ["bv", "nv", "sa", "sas", "spa", "srl", "sarl", "kg", "ug", "ev", "oy", "as", "ab", "kk", "plc"];
const shortestStem = 5;

/** Whether two names are the same but for such a form. */
function isSameName(one: string, other: string): boolean {
  return one !== "" && stemsOf(one).some((stem) => stemsOf(other).includes(stem));
}

/** The name, and without what may be its legal form: "...foodsas" ends with two of them. */
function stemsOf(name: string): string[] {
  const stems = dottedForms.filter((form) => name.endsWith(form)).map((form) => name.slice(0, -form.length));
  return [name, ...stems.filter(({ length }) => length >= shortestStem)];
}

/** So many digits from the end tell a number, whatever stands before them. */
const digitsThatTell = 7;

function isSamePhone(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= digitsThatTell ? long.startsWith(short) : long === short;
}

/** From this length on one letter is a slip rather than another name. */
const slipFrom = 10;

/**
 * Whether one letter is missing, too many or wrong, the first excepted: nobody slips there. Digits are no slips: plant 12
 * is not plant 13.
 */
function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < slipFrom || long.length - short.length > 1) return false;
  const letters = Array.from(short);
  const at = letters.findIndex((letter, place) => letter !== long[place]);
  const place = at === -1 ? short.length : at;
  if (place === 0) return false;
  const rest = short.slice(short.length === long.length ? place + 1 : place);
  return rest === long.slice(place + 1) && !/\d/.test(`${long[place] ?? ""}${short[place] ?? ""}`);
}

/** The share of trigrams two words have in common, as PostgreSQL's similarity() counts it. */
export function similarity(one: string, other: string): number {
  if (one === "" || other === "") return 0;
  const [first, second] = [trigramsOf(one), trigramsOf(other)];
  const common = first.intersection(second).size;
  return common === 0 ? 0 : common / (first.size + second.size - common);
}

function trigramsOf(word: string): Set<string> {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, place) => padded.slice(place, place + 3)));
}
