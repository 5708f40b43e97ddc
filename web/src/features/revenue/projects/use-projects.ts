import { listProjects } from "@rainmaker/contracts/revenue/projects";
import { liveQuery } from "#lib/query";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function projectsQuery(state: "open" | "closed" = "open") {
  return liveQuery(listProjects, { query: { state } }, ["project", "deal", "payment", "team"]);
}
