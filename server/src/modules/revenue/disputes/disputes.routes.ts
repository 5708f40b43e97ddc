import * as contracts from "@rainmaker/contracts/revenue/disputes";
import { serve, serveRead, type Http } from "#platform/http";
import { addDisputeMessage, answerDispute, openDispute, withdrawDispute } from "./answer-dispute.command.ts";
import { getDispute, listDisputes } from "./disputes.query.ts";

export function disputeRoutes(http: Http): void {
  serveRead(http, contracts.listDisputes, "statement", (ctx, _, query) => listDisputes(ctx, query));
  serveRead(http, contracts.getDispute, "statement", (ctx, { disputeId }) => getDispute(ctx, disputeId));
  serve(http, contracts.openDispute, async (ctx, _, body) => getDispute(ctx, await openDispute(ctx, body)));
  serve(http, contracts.addDisputeMessage, async (ctx, { disputeId }, { body }) => {
    await addDisputeMessage(ctx, disputeId, body);
    return getDispute(ctx, disputeId);
  });
  serve(http, contracts.answerDispute, async (ctx, { disputeId }, body) => {
    await answerDispute(ctx, disputeId, body);
    return getDispute(ctx, disputeId);
  });
  serve(http, contracts.withdrawDispute, async (ctx, { disputeId }) => {
    await withdrawDispute(ctx, disputeId);
    return getDispute(ctx, disputeId);
  });
}
