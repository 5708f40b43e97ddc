import * as contracts from "@rainmaker/contracts/revenue/goals";
import { serve, serveRead, type Http } from "#platform/http";
import { getGoal, listGoals } from "./goals.query.ts";
import { setGoal } from "./set-goal.command.ts";

export function goalRoutes(http: Http): void {
  serveRead(http, contracts.listGoals, "statement", (ctx, _, query) => listGoals(ctx, query));
  serve(http, contracts.setGoal, async (ctx, _, body, asked) => getGoal(ctx, await setGoal(ctx, body, asked)));
}
