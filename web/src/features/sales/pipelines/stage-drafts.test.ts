import type { StageId } from "@rainmaker/contracts/ids";
import type { Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { expect, test } from "vitest";
import {
  bodyOf,
  draftOf,
  isChanged,
  withNewStage,
  withoutStage,
  withStage,
  withStageKept,
  withStageMoved,
} from "./stage-drafts.ts";

const id = (name: string): StageId => name as StageId;
const stage = (name: string, kind = "open", more: object = {}) => ({
  id: id(name),
  name,
  kind,
  position: 0,
  probability: 20,
  normDays: 12,
  rottingDays: null,
  requirements: [],
  nextStageIds: null,
  ...more,
});
const pipeline = {
  name: "New business",
  stages: [
    stage("a", "open", { nextStageIds: ["b", "won"] }),
    stage("b"),
    stage("c"),
    stage("won", "won"),
    stage("lost", "lost"),
  ],
} as unknown as Pipeline;
const draft = draftOf(pipeline);
const names = ({ stages }: typeof draft): string[] => stages.map(({ key }) => key);

test("a draft says what the pipeline says, and an unchanged one is no change", () => {
  expect(isChanged(draft, pipeline)).toBe(false);
  expect(bodyOf(draft).stages?.[0]).toMatchObject({ id: "a", probability: 20, normDays: 12, rottingDays: null });
  expect(isChanged(withStage(draft, "a", { name: "A" }), pipeline)).toBe(true);
});

test("a new stage comes last of the open ones, without an id", () => {
  const more = withNewStage(draft, "new");
  expect(names(more)).toEqual(["a", "b", "c", "new", "won", "lost"]);
  expect(bodyOf(more).stages?.[3]).not.toHaveProperty("id");
});

test("open stages change places among themselves alone", () => {
  expect(names(withStageMoved(draft, "b", -1))).toEqual(["b", "a", "c", "won", "lost"]);
  expect(withStageMoved(draft, "a", -1)).toBe(draft);
  expect(withStageMoved(draft, "c", 1)).toBe(draft);
});

test("a removed stage names its target, is no way any more, and passes on what went to it", () => {
  const less = withoutStage(withoutStage(draft, "c", id("b")), "b", id("a"));
  expect(names(less)).toEqual(["a", "won", "lost"]);
  expect(less.removed.map(({ stageId, targetStageId }) => [stageId, targetStageId])).toEqual([
    ["c", "a"],
    ["b", "a"],
  ]);
  expect(less.stages[0]?.nextStageIds).toEqual(["won"]);
  expect(names(withStageKept(less, id("b"), pipeline))).toEqual(["a", "b", "won", "lost"]);
});

test("what is no number goes out as it is; nothing for days is none", () => {
  const wrong = withStage(draft, "a", { probability: " ", normDays: "x", rottingDays: "" });
  expect(bodyOf(wrong).stages?.[0]).toMatchObject({ probability: NaN, normDays: NaN, rottingDays: null });
});
