import { describe, expect, test } from "vitest";
import { likenessOf, similarity, type Facts } from "./match.ts";

const facts = (some: Partial<Facts>): Facts => ({
  nameKey: "",
  emails: [],
  phones: [],
  domains: [],
  customerIds: [],
  ...some,
});

describe("companies are alike", () => {
  test.each([
    [{ nameKey: "acmenorth" }, { nameKey: "acmenorth" }, 88, "by name"],
    [{ nameKey: "meridianlogisticspartners" }, { nameKey: "meridianlogisticspartner" }, 82, "by nearly the same name"],
    [
      { nameKey: "acme", domains: ["acme.example"] },
      { nameKey: "acme", domains: ["acme.example"] },
      97,
      "by name and domain",
    ],
    [
      { nameKey: "delta", domains: ["delta.example"] },
      { nameKey: "delta", domains: ["delta.test"] },
      68,
      "hardly, where they are at home elsewhere",
    ],
    [{ nameKey: "acme", phones: ["765432103"] }, { nameKey: "zeta", phones: ["765432103"] }, 60, "little by a phone"],
    [{ nameKey: "merternasystems" }, { nameKey: "mertenasystems" }, 82, "by a name with a slip"],
    [{ nameKey: "delterrafoods" }, { nameKey: "velterrafoods" }, 0, "not where the first letter differs"],
    [{ nameKey: "powerplant12" }, { nameKey: "powerplant13" }, 0, "not by a name with another number"],
    [{ nameKey: "briternashippingbv" }, { nameKey: "briternashipping" }, 88, "whatever the legal form"],
    [{ nameKey: "nordhavnseafoodsas" }, { nameKey: "nordhavnseafoods" }, 88, "whichever way the form is written"],
    [
      { nameKey: "acme", phones: ["070605045"] },
      { nameKey: "acme", phones: ["07060504"] },
      97,
      "by a number with and without the country's code",
    ],
    [{ nameKey: "acmenorth" }, { nameKey: "acmesouth" }, 0, "not by half a name"],
    [{}, {}, 0, "not by nothing"],
  ] as const)("%j and %j: %i, %s", (one, other, score, _why) => {
    expect(likenessOf("customer", facts(one), facts(other)).score).toBe(score);
    expect(likenessOf("customer", facts(other), facts(one)).score).toBe(score);
  });
});

test("people are alike by an address, and by name where they work, with the reasons", () => {
  const ruth = facts({ nameKey: "adeyemiruth", emails: ["ruth@one.example"], customerIds: ["c1"] });
  expect(likenessOf("contact", ruth, facts({ nameKey: "x", emails: ["ruth@one.example"] }))).toEqual({
    score: 98,
    reasons: ["email"],
  });
  expect(likenessOf("contact", ruth, facts({ nameKey: "adeyemiruth", customerIds: ["c1"] }))).toEqual({
    score: 92,
    reasons: ["name", "customer"],
  });
  // Plus-tags are kept: they tell two mailboxes apart.
  expect(likenessOf("contact", ruth, facts({ emails: ["ruth+2@one.example"] })).score).toBe(0);
  expect(likenessOf("contact", ruth, facts({ nameKey: "adeyemiruth" })).score).toBe(60);
});

test("similarity is that of PostgreSQL's trigrams", () => {
  // select similarity('word', 'words'), similarity('kestrel', 'kestral') with pg_trgm
  expect(similarity("word", "words").toFixed(4)).toBe("0.5714");
  expect(similarity("kestrel", "kestral").toFixed(4)).toBe("0.4545");
  expect(similarity("", "")).toBe(0);
});
