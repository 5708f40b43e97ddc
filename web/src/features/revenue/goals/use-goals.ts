import { listGoals, type Goal } from "@rainmaker/contracts/revenue/goals";
import { liveQuery } from "#lib/query";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function goalsQuery(month: string) {
  return liveQuery(listGoals, { query: { month } }, ["goal", "metric", "payment", "team", "member"]);
}

/** The goal of a member or team among those of a month. */
export function goalOf(goals: readonly Goal[] | undefined, subjectId: string | null | undefined): Goal | undefined {
  return goals?.find(({ subject }) => subject.id === subjectId);
}
