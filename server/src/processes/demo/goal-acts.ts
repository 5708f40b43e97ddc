import { firstDayOf } from "@rainmaker/contracts/time";
import * as goals from "@rainmaker/contracts/revenue/goals";
import type { InProcessApi } from "../in-process-api.ts";
import type { Act } from "./act.ts";
import { sellers } from "./cast.ts";
import type { Company } from "./company.ts";
import { dollars } from "./scene.ts";
import type { DemoStory } from "./story.ts";

/** Managers set the goals of their people and of their team, each month. */
export function goalActs(
  api: InProcessApi,
  company: Company,
  { months, firstDay, goals: targets }: Pick<DemoStory, "months" | "firstDay" | "goals">,
): Act[] {
  const targetOf = (seller: string): number => targets.get(seller) ?? 0;
  const set = (month: string, manager: string, body: (typeof goals.setGoal)["body"]["_zod"]["output"]): Act => ({
    day: firstDayOf(month) < firstDay ? firstDay : firstDayOf(month),
    minute: 500,
    lane: `goals ${manager}`,
    // Set again after a cut it is refused for want of a version: it is there already.
    run: (at) => api.send(company.person(manager), goals.setGoal, { body }, at).catch(() => {}),
  });
  const forMembers = (month: string): Act[] =>
    sellers.map(({ key, manager }) => {
      const { memberId } = company.person(key);
      return set(month, manager, { scope: "member", memberId, month, target: dollars(targetOf(key)) });
    });
  const forTeams = (month: string): Act[] =>
    [...Map.groupBy(sellers, ({ manager }) => manager)].map(([manager, theirs]) => {
      const target = dollars(theirs.reduce((sum, { key }) => sum + targetOf(key), 0));
      const teamId = company.team(manager === "daniel" ? "West" : "Enterprise");
      return set(month, manager, { scope: "team", teamId, month, target });
    });
  return months.flatMap((month) => [...forMembers(month), ...forTeams(month)]);
}
