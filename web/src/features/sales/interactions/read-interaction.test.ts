import { describe, expect, test } from "vitest";
import { readInteraction } from "./read-interaction.ts";

const today = "2026-11-19";
const ruth = { id: "1", name: "Ruth Adeyemi" };
const marcus = { id: "2", name: "Marcus Feld" };
const otherRuth = { id: "3", name: "Ruth Bell" };
const read = (text: string, kind: "call" | "meeting" | "mail" | "note" = "call", people = [ruth, marcus]) =>
  readInteraction(text, { kind, today, people });

describe("a sentence about a call", () => {
  test("gives person, outcome, length, note and follow-up", () => {
    expect(read("reached Ruth 20 min, wants net 60, follow up fri")).toEqual({
      outcome: "reached",
      minutes: 20,
      followUpOn: "2026-11-20",
      people: [ruth],
      unclear: [],
      note: "Wants net 60",
    });
  });

  test("keeps the time of a follow-up in the note, for follow-ups have days", () => {
    expect(read("no answer, follow up fri 10")).toMatchObject({
      outcome: "no_answer",
      followUpOn: "2026-11-20",
      note: "Follow-up at 10:00",
    });
  });

  test.each([
    ["follow up in 3 days", "2026-11-22"],
    ["follow-up next week", "2026-11-26"],
    ["follow up on 30 nov", "2026-11-30"],
    ["follow up tomorrow, then decide", "2026-11-20"],
    ["follow up +2w", "2026-12-03"],
  ])("%s", (text, followUpOn) => {
    expect(read(text).followUpOn).toBe(followUpOn);
  });

  test("leaves a follow-up without a day in the note", () => {
    expect(read("reached, will follow up with legal")).toMatchObject({
      followUpOn: null,
      note: "Will follow up with legal",
    });
  });

  test("reads hours, and hours with minutes", () => {
    expect(read("1 h 20 min").minutes).toBe(80);
    expect(read("2 hours").minutes).toBe(120);
  });

  test("offers both where two people have the name", () => {
    expect(read("reached Ruth", "call", [ruth, otherRuth])).toMatchObject({
      people: [],
      unclear: [{ word: "ruth", people: [ruth, otherRuth] }],
    });
    expect(read("reached Ruth Bell", "call", [ruth, otherRuth])).toMatchObject({ people: [otherRuth], unclear: [] });
  });

  test("takes what is told later for what was said, not for a fact", () => {
    expect(read("reached Ruth, Marcus replied after 30 min that they wait")).toMatchObject({
      people: [ruth],
      minutes: null,
      note: "Marcus replied after 30 min that they wait",
    });
  });

  test("knows several people, and accents that were left out", () => {
    const lucia = { id: "4", name: "Lucía Serrano" };
    expect(read("spoke to lucia and Marcus 5 min", "call", [lucia, marcus])).toMatchObject({
      people: [lucia, marcus],
      minutes: 5,
      note: "",
    });
  });
});

test("an outcome belongs to its kind", () => {
  expect(read("no show", "meeting").outcome).toBe("no_show");
  expect(read("no show", "call").outcome).toBeNull();
  expect(read("bounced", "mail").outcome).toBe("bounced");
});

test("a note keeps its names and lines", () => {
  expect(read("Ruth likes the map.\nMarcus does not.", "note")).toMatchObject({
    people: [],
    note: "Ruth likes the map.\nMarcus does not.",
  });
});
