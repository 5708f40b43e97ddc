import * as contracts from "@rainmaker/contracts/revenue/projects";
import { serve, serveRead, type Http } from "#platform/http";
import { getDeal } from "../deals/deals.query.ts";
import { getProject, listProjects } from "./projects.query.ts";
import { createProject, placeDeal, updateProject } from "./save-project.command.ts";

export function projectRoutes(http: Http): void {
  serveRead(http, contracts.listProjects, "statement", (ctx, _, query) => listProjects(ctx, query));
  serveRead(http, contracts.getProject, "statement", (ctx, { projectId }) => getProject(ctx, projectId));
  serve(http, contracts.createProject, async (ctx, _, body) => getProject(ctx, await createProject(ctx, body)));
  serve(http, contracts.updateProject, async (ctx, { projectId }, body, asked) => {
    await updateProject(ctx, projectId, body, asked);
    return getProject(ctx, projectId);
  });
  serve(http, contracts.placeDeal, async (ctx, { dealId }, body, asked) => {
    await placeDeal(ctx, dealId, body, asked);
    return getDeal(ctx, dealId);
  });
}
