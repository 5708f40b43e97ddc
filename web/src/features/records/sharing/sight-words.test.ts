import type { SightReason } from "@rainmaker/contracts/records/sharing";
import { expect, test } from "vitest";
import { reasonText } from "./sight-words.ts";

const sam = { id: "sam", name: "Sam Reed" } as SightReason["via"];
const because = (kind: SightReason["kind"], via: SightReason["via"] = sam, me = "me"): string =>
  reasonText({ kind, via, roles: ["Manager"] }, me);

test("says in a sentence why somebody sees a record", () => {
  expect(because("own")).toBe("It is yours.");
  expect(because("all", null)).toBe("As Manager you see everybody's.");
  expect(because("team")).toBe("As Manager you see your team's, and Sam Reed is in it.");
  expect(because("shared")).toBe("It was shared with Sam Reed, whose records you see.");
  expect(because("shared", sam, "sam")).toBe("It was shared with you.");
  expect(because("related", sam, "sam")).toBe("You work on something that belongs to it, such as a sale.");
});
