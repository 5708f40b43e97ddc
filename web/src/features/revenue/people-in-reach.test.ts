import type { Member, Team } from "@rainmaker/contracts/organization/members";
import { expect, test } from "vitest";
import { peopleInReach } from "./people-in-reach.ts";

const member = (id: string, teamId: string | null): Member =>
  ({ id, team: teamId === null ? null : { id: teamId, name: teamId } }) as unknown as Member;
const team = (id: string, parentId: string | null, leaderId?: string): Team =>
  ({ id, parentId, leader: leaderId === undefined ? null : { id: leaderId, name: leaderId } }) as unknown as Team;

const members = [member("lead", null), member("rep", "west"), member("below", "north"), member("other", "east")];
const teams = [team("west", null, "lead"), team("north", "west"), team("east", null)];
const names = (people: readonly Member[]): string[] => people.map(({ id }) => id);

test("who leads a team sees its people, and with the tree those of the teams below it", () => {
  const lead = { id: "lead", team: null };
  expect(names(peopleInReach(lead, "team", members, teams))).toEqual(["lead", "rep"]);
  expect(names(peopleInReach(lead, "tree", members, teams))).toEqual(["lead", "rep", "below"]);
});

test("a rep sees the own statement only, whoever reads all sees everybody's", () => {
  const rep = { id: "rep", team: { id: "west" } };
  expect(names(peopleInReach(rep, "own", members, teams))).toEqual(["rep"]);
  expect(names(peopleInReach(rep, "all", members, teams))).toEqual(["lead", "rep", "below", "other"]);
});

test("teams that are below each other end the walk", () => {
  const ring = [team("west", "north", "lead"), team("north", "west")];
  expect(names(peopleInReach({ id: "lead", team: null }, "tree", members, ring))).toEqual(["lead", "rep", "below"]);
});
