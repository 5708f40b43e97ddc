import { expect, test } from "vitest";
import { interactionSentence, lengthText, namesText } from "./interaction-words.ts";

const ruth = { id: "c1" as never, name: "Ruth" };
const marcus = { id: "c2" as never, name: "Marcus" };
const told = { direction: null, outcome: null, minutes: null, contacts: [] } as const;

test("an interaction reads as a sentence after its author", () => {
  expect(interactionSentence({ ...told, kind: "call", outcome: "reached", minutes: 32, contacts: [ruth] })).toBe(
    "called Ruth, 32 min, reached",
  );
  expect(interactionSentence({ ...told, kind: "call", direction: "inbound", contacts: [ruth, marcus] })).toBe(
    "was called by Ruth and Marcus",
  );
  expect(interactionSentence({ ...told, kind: "meeting", outcome: "no_show", contacts: [] })).toBe(
    "had a meeting, no show",
  );
  expect(interactionSentence({ ...told, kind: "mail", contacts: [ruth] })).toBe("wrote to Ruth");
  expect(interactionSentence({ ...told, kind: "note" })).toBe("wrote a note");
});

test("lengths are hours and minutes, names a list", () => {
  expect([lengthText(45), lengthText(60), lengthText(80)]).toEqual(["45 min", "1 h", "1 h 20 min"]);
  expect(namesText([])).toBeNull();
  expect(namesText([ruth, marcus, { name: "Ana" }])).toBe("Ruth, Marcus and Ana");
});
