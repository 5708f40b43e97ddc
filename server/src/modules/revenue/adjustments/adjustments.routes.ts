import * as contracts from "@rainmaker/contracts/revenue/adjustments";
import { serve, serveRead, type Http } from "#platform/http";
import { decideAdjustment, proposeAdjustment } from "./adjust-commission.command.ts";
import { getAdjustment, listAdjustments } from "./adjustments.query.ts";

export function adjustmentRoutes(http: Http): void {
  serveRead(http, contracts.listAdjustments, "statement", (ctx, _, query) => listAdjustments(ctx, query));
  serve(http, contracts.proposeAdjustment, async (ctx, _, body) =>
    getAdjustment(ctx, await proposeAdjustment(ctx, body)),
  );
  serve(http, contracts.decideAdjustment, async (ctx, { adjustmentId }, body) => {
    await decideAdjustment(ctx, adjustmentId, body);
    return getAdjustment(ctx, adjustmentId);
  });
}
