import type { ContactId, CustomerId } from "@rainmaker/contracts/ids";
import { expect, test } from "vitest";
import { bodyOf, factsOf, isBlank, readMinutes, readTime, type Draft } from "./interaction-draft.ts";

const today = "2026-11-19";
const ruth = { id: "c1" as ContactId, name: "Ruth Adeyemi" };
const marcus = { id: "c2" as ContactId, name: "Marcus Feld" };
const said = "reached Ruth 20 min, wants net 60, follow up fri";
const facts = (draft: Partial<Draft>) => factsOf({ kind: "call", text: said, ...draft }, [ruth, marcus], today);

test("the words say what was not chosen by hand, and what was chosen goes before them", () => {
  expect(facts({})).toMatchObject({ outcome: "reached", minutes: 20, followUpOn: "2026-11-20", contacts: [ruth] });
  expect(facts({ outcome: "no_answer", length: "1 h", followUpOn: null, contacts: [marcus] })).toMatchObject({
    outcome: "no_answer",
    minutes: 60,
    followUpOn: null,
    contacts: [marcus],
    note: "Wants net 60",
  });
});

test("an outcome taken back by hand stays away, and one of another kind is none", () => {
  expect(facts({ outcome: null }).outcome).toBeNull();
  expect(facts({ kind: "meeting", outcome: "no_answer" }).outcome).toBeNull();
});

test("what is sent has what is known, and the contact the page is about", () => {
  const draft: Draft = { kind: "call", text: said };
  const about = { contactId: marcus.id, customerId: "k1" as CustomerId };
  expect(bodyOf(draft, facts({}), about, today)).toEqual({
    kind: "call",
    customerId: "k1",
    body: "Wants net 60",
    outcome: "reached",
    minutes: 20,
    followUpOn: "2026-11-20",
    contactIds: ["c2", "c1"],
  });
  expect(bodyOf({ kind: "note", text: "" }, factsOf({ kind: "note", text: "" }, [], today), {}, today)).toEqual({
    kind: "note",
  });
});

test("today without a time is now; another day is noon unless a time was given", () => {
  const at = (changes: Partial<Draft>): string | undefined =>
    bodyOf({ kind: "call", text: "x", ...changes }, facts({}), {}, today).occurredAt;
  expect(at({ day: today })).toBeUndefined();
  expect(at({ day: "2026-11-18" })).toBe(new Date("2026-11-18T12:00").toISOString());
  expect(at({ time: "9:30" })).toBe(new Date("2026-11-19T09:30").toISOString());
  // The contract refuses it with a sentence.
  expect(at({ day: "soon" })).toBe("soon");
});

test("times and lengths are read as people write them", () => {
  expect([readTime("9"), readTime("0930"), readTime("17.45"), readTime("25:00"), readTime("x")]).toEqual([
    "09:00",
    "09:30",
    "17:45",
    null,
    null,
  ]);
  expect([readMinutes("20"), readMinutes("1 h 20"), readMinutes("long")]).toEqual([20, 80, null]);
});

test("a draft is blank until something is typed or chosen", () => {
  expect(isBlank({ kind: "note", text: " " })).toBe(true);
  expect(isBlank({ kind: "call", text: "", outcome: "reached" })).toBe(false);
  expect(isBlank({ kind: "call", text: "", contacts: [ruth] })).toBe(false);
});
