import type { MemberRef } from "@rainmaker/contracts/member-ref";
import { expect, test } from "vitest";
import { reasonsFor } from "./sight.ts";

const person = (name: string): MemberRef => ({ id: name as MemberRef["id"], name });
const [maya, sam] = [person("Maya"), person("Sam")];
const nothing = { reach: "own", roles: ["Sales rep"], owner: maya, ownerReach: null, grants: [] } as const;
const kinds = (sight: Partial<Parameters<typeof reasonsFor>[0]>): string[] =>
  reasonsFor({ ...nothing, ...sight }).map(({ kind, via, roles }) => [kind, via?.name ?? "-", ...roles].join(" "));
const toSam = (isShared: boolean) => ({ member: sam, isShared });

test.each([
  ["the owner sees it as their own, without any role", { ownerReach: "own" }, ["own Maya"]],
  ["who sees all sees it by role", { reach: "all", roles: ["Finance", "Analyst"] }, ["all - Finance Analyst"]],
  ["an owner who sees all has both reasons", { reach: "all", ownerReach: "own" }, ["own Maya", "all - Sales rep"]],
  ["a lead sees it through the team", { reach: "team", ownerReach: "team" }, ["team Maya Sales rep"]],
  ["whoever sees the tree sees the team in it", { reach: "tree", ownerReach: "team" }, ["team Maya Sales rep"]],
  ["somebody who sees their own sees no colleague's, in one team or not", { ownerReach: "team" }, []],
  ["shared twice it is told once", { grants: [toSam(true), toSam(true)] }, ["shared Sam"]],
  ["a sale with it is another reason", { grants: [toSam(false), toSam(true)] }, ["related Sam", "shared Sam"]],
] as const)("%s", (_why, sight, expected) => {
  expect(kinds(sight)).toEqual(expected);
});
