import { expect, test } from "vitest";
import { isLogSentence, readLogSentence, withoutName } from "./log-sentence.ts";

test("a sentence says its kind, the names it may begin with, and the rest", () => {
  expect(readLogSentence("log call kestrel reached 20 min, wants net 60")).toEqual({
    kind: "call",
    names: ["kestrel"],
    rest: "kestrel reached 20 min, wants net 60",
  });
  expect(readLogSentence("Log an email to Ruth Adeyemi sent the offer")).toMatchObject({
    kind: "mail",
    names: ["Ruth Adeyemi", "Ruth"],
  });
  expect(readLogSentence("log note kestrel: likes the map")).toMatchObject({ kind: "note", names: ["kestrel"] });
});

test("a name may have figures in it, a length ends it", () => {
  expect(readLogSentence("log call studio 54 no answer")?.names[0]).toBe("studio 54");
  expect(readLogSentence("log call kestrel 20 min")?.names[0]).toBe("kestrel");
});

test("where no word ends the name, every beginning is a guess", () => {
  expect(readLogSentence("log call kestrel wants net")?.names).toEqual([
    "kestrel wants net",
    "kestrel wants",
    "kestrel",
  ]);
  expect(readLogSentence("log call ")?.names).toEqual([]);
});

test("other sentences are none", () => {
  expect(isLogSentence("logistics")).toBe(false);
  expect(isLogSentence("log out")).toBe(false);
  expect(isLogSentence("Log a meeting")).toBe(true);
});

test("the name is said once", () => {
  expect(withoutName("Kestrel reached", "kestrel")).toBe("reached");
  expect(withoutName("reached", "kestrel")).toBe("reached");
});
