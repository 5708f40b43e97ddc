import * as contracts from "@rainmaker/contracts/organization/members";
import { serve, serveRead, type Http } from "#platform/http";
import { createTeam, updateTeam } from "./save-team.command.ts";
import { getTeam, listTeams } from "./teams.query.ts";

export function teamRoutes(http: Http): void {
  serveRead(http, contracts.listTeams, "statement", (ctx) => listTeams(ctx));
  serve(http, contracts.createTeam, async (ctx, _, body) => getTeam(ctx, await createTeam(ctx, body)));
  serve(http, contracts.updateTeam, async (ctx, { teamId }, body, asked) => {
    await updateTeam(ctx, teamId, body, asked);
    return getTeam(ctx, teamId);
  });
}
