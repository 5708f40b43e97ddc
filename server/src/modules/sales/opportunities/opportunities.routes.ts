import * as board from "@rainmaker/contracts/sales/board";
import * as contracts from "@rainmaker/contracts/sales/opportunities";
import * as totals from "@rainmaker/contracts/sales/opportunity-totals";
import * as changes from "@rainmaker/contracts/sales/opportunity-changes";
import { serve, serveRead, type Http } from "#platform/http";
import { readAttention, readBoard } from "./board.query.ts";
import { createOpportunity } from "./create-opportunity.command.ts";
import { moveOpportunity } from "./move-opportunity.command.ts";
import { getOpportunity, getSavedOpportunity, listOpportunities, totalOpportunities } from "./opportunities.query.ts";
import { deleteOpportunity, restoreOpportunity } from "./trash-opportunity.command.ts";
import { updateOpportunity } from "./update-opportunity.command.ts";

export function opportunityRoutes(http: Http): void {
  serveRead(http, board.readBoard, "snapshot", (ctx, { pipelineId }, query) => readBoard(ctx, pipelineId, query));
  serveRead(http, board.readAttention, "statement", (ctx, { pipelineId }, query) =>
    readAttention(ctx, pipelineId, query),
  );
  serveRead(http, contracts.listOpportunities, "statement", (ctx, _, query) => listOpportunities(ctx, query));
  serveRead(http, totals.totalOpportunities, "statement", (ctx, _, query) => totalOpportunities(ctx, query));
  serveRead(http, contracts.getOpportunity, "statement", (ctx, { opportunityId }) =>
    getOpportunity(ctx, opportunityId),
  );
  serve(http, changes.createOpportunity, async (ctx, _, body) => {
    const { id } = await createOpportunity(ctx, body);
    return getSavedOpportunity(ctx, id);
  });
  serve(http, changes.updateOpportunity, async (ctx, { opportunityId }, body, asked) => {
    await updateOpportunity(ctx, opportunityId, body, asked);
    return getSavedOpportunity(ctx, opportunityId);
  });
  serve(http, changes.moveOpportunity, async (ctx, { opportunityId }, body, asked) => {
    await moveOpportunity(ctx, opportunityId, body, asked);
    return getSavedOpportunity(ctx, opportunityId);
  });
  serve(http, changes.deleteOpportunity, (ctx, { opportunityId }, _, asked) =>
    deleteOpportunity(ctx, opportunityId, asked),
  );
  serve(http, changes.restoreOpportunity, async (ctx, { opportunityId }) => {
    await restoreOpportunity(ctx, opportunityId);
    return getSavedOpportunity(ctx, opportunityId);
  });
}
