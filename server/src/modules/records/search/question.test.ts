import { describe, expect, test } from "vitest";
import { amountKeys } from "./amounts.ts";
import { fold, wordsOf } from "./fold.ts";
import { nearWords } from "./near-words.ts";
import { asksSomething, decimalIn, phoneIn, questionOf } from "./question.ts";
import { ranked, type Candidate } from "./rank.ts";

describe("a text is folded", () => {
  test.each([
    ["Müller-Lüdenscheidt", "muller-ludenscheidt", "accents"],
    ["Straße ŁÓDŹ Ørsted Æther", "strasse lodz orsted aether", "letters that are no accents"],
    ["ΟΔΟΣ", "οδοσ", "Greek is kept, however a word ends"],
    ["Ёлка", "елка", "Cyrillic is kept"],
    ["ＡＢＣ ﬁn", "abc fin", "wide letters and ligatures"],
  ])("%s is %s: %s", (text, folded) => expect(fold(text)).toBe(folded));

  test("into words of letters and digits", () =>
    expect(wordsOf("Zażółć, gęślą (jaźń) 4.0 🚚 C++")).toEqual(["zazolc", "gesla", "jazn", "4", "0", "c"]));
});

describe("what was typed is taken apart", () => {
  test("into words, phrases, exclusions and operators", () => {
    expect(questionOf('type:deals Owner:"maya okafor" stage:won >1.5k "North Star" kestrel -Draft')).toMatchObject({
      types: ["deal"],
      owner: "maya okafor",
      stage: "won",
      amount: { compare: ">", value: "1500" },
      phrases: ["north star"],
      words: ["kestrel", "north", "star"],
      without: ["draft"],
    });
  });

  test.each([
    ["type:spaceship", { types: null, words: ["type", "spaceship"] }, "an entity that is none is two words"],
    ["owner:", { owner: null, words: ["owner"] }, "an operator without a value is a word"],
    ["the house of wax", { words: ["house", "wax"] }, "words that stand everywhere tell nothing"],
    ["nul\0l", { words: ["null"] }, "NUL is dropped"],
    ["x-b", { words: ["x", "b"], without: [] }, "a dash within a word excludes nothing"],
    ["<=2m", { amount: { compare: "<=", value: "2000000" } }, "thousands and millions"],
    ['"unclosed', { words: ["unclosed"], phrases: [] }, "a quote that stays open"],
  ])("%j is %j: %s", (typed, expected, _why) => expect(questionOf(typed)).toMatchObject(expected));

  test("is cut at 200 letters and eight words", () => {
    const { text, words } = questionOf(Array.from({ length: 300 }, (_, n) => `w${n}`).join(" "));
    expect([text.length <= 200, words.length]).toEqual([true, 8]);
  });

  test.each(["", " ", "a", "ü", "the of and", "%%", "___", "🚚🚚", "'", '""', "-kestrel"])("%j asks nothing", (typed) =>
    expect(asksSomething(questionOf(typed))).toBe(false),
  );
  test.each(["ab", "7 7", "@b", "type:deal", ">5", "owner:me", "محمد"])("%j asks something", (typed) =>
    expect(asksSomething(questionOf(typed))).toBe(true),
  );
});

test.each([
  ["+49 (0)30 123-4567", "765432103"],
  ["030.1234567", "765432103"],
  ["1234567", "7654321"],
  ["123", null],
  ["12a4567", null],
])("of the phone number %s stays %s", (text, expected) => expect(phoneIn(text)).toBe(expected));

test.each([
  ["12,500.00", "12500.00"],
  ["€12500", "12500"],
  ["1,25", null],
  ["12 500", null],
])("the decimal of %s is %s", (text, expected) => expect(decimalIn(text)).toBe(expected));

test("an amount has a key for each currency it can be of", () => {
  const keys = amountKeys("12.5");
  expect(keys).toEqual(expect.arrayContaining(["1250EUR", "12500KWD"]));
  expect(keys).not.toContain("12JPY");
  expect(amountKeys("9".repeat(15))).not.toContain(`${"9".repeat(15)}00USD`);
});

describe("words one slip away", () => {
  test.each([
    ["kestrel", "kestrl", "one too few"],
    ["kestrel", "kestrrel", "one too many"],
    ["kestrel", "kastrel", "one wrong"],
    ["kestrel", "ketsrel", "two swapped"],
    ["москва", "масква", "Cyrillic"],
  ])("%s is near %s: %s", (right, typed) => expect(nearWords(typed)).toContain(right));
  test("two slips are too many, and four letters too few", () => {
    expect(nearWords("kesrl")).not.toContain("kestrel");
    expect(nearWords("acme")).toEqual([]);
  });
});

describe("the best match comes first", () => {
  const candidate = (id: string, title: string, more: Partial<Candidate> = {}): Candidate => ({
    id,
    title,
    entity: "customer",
    way: "word",
    isOwn: false,
    ...more,
  });
  const order = (typed: string, ...items: Candidate[]): string[] =>
    ranked(questionOf(typed), items).map(({ id }) => id);

  test("the whole title before its beginning before a word in it before an address", () => {
    const address = candidate("a", "Somebody", { entity: "contact" });
    const inside = candidate("b", "The Kestrel", { entity: "deal" });
    const begins = candidate("c", "Kestrel Aerospace", { entity: "opportunity" });
    expect(order("kestrel", address, inside, begins, candidate("d", "Kestrel"))).toEqual(["d", "c", "b", "a"]);
  });
  test("a number before everything, own records before others', newer ones before older", () => {
    const [older, newer] = [candidate("1", "Sale 418"), candidate("2", "Sale 418")];
    expect(order("418", older, newer, candidate("0", "X", { way: "number" }))).toEqual(["0", "2", "1"]);
    expect(order("sale", newer, { ...older, isOwn: true })).toEqual(["1", "2"]);
  });
  test("many of one kind do not hide another, and a record found twice stands once", () => {
    const sales = ["a", "b", "c", "d", "e"].map((id) => candidate(id, "Kestrel", { entity: "opportunity" }));
    const found = order("kestrel", ...sales, ...sales, candidate("z", "Kestrel", { entity: "payment" }));
    expect(found.indexOf("z")).toBeLessThan(2);
    expect(found).toHaveLength(6);
  });
});
