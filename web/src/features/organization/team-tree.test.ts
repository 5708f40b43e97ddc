import type { Team } from "@rainmaker/contracts/organization/members";
import { expect, test } from "vitest";
import { possibleParents, teamTree } from "./team-tree.ts";

const team = (id: string, parentId: string | null): Team =>
  ({ id, name: id, parentId, leader: null, memberCount: 0, version: 1 }) as unknown as Team;

const teams = [team("west", "sales"), team("sales", null), team("finance", null), team("coast", "west")];

test("each team stands below its parent, by name", () => {
  expect(teamTree(teams).map(({ team: { id }, depth }) => `${depth} ${id}`)).toEqual([
    "0 finance",
    "0 sales",
    "1 west",
    "2 coast",
  ]);
});

test("nothing may stand below itself or below what is below it", () => {
  expect(possibleParents(teams, "sales").map(({ id }) => id)).toEqual(["finance"]);
  expect(possibleParents(teams, null)).toHaveLength(4);
});
