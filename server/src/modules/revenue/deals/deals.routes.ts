import * as contracts from "@rainmaker/contracts/revenue/deals";
import { serve, serveRead, type Http } from "#platform/http";
import { approveDeal, returnDeal, submitDeal } from "./approve-deal.command.ts";
import { getDeal, listDeals } from "./deals.query.ts";

export function dealRoutes(http: Http): void {
  serveRead(http, contracts.listDeals, "statement", (ctx, _, query) => listDeals(ctx, query));
  serveRead(http, contracts.getDeal, "statement", (ctx, { dealId }) => getDeal(ctx, dealId));
  serve(http, contracts.submitDeal, async (ctx, { dealId }, _, { seenVersion }) => {
    await submitDeal(ctx, dealId, seenVersion);
    return getDeal(ctx, dealId);
  });
  serve(http, contracts.approveDeal, async (ctx, { dealId }, _, { seenVersion }) => {
    await approveDeal(ctx, dealId, seenVersion);
    return getDeal(ctx, dealId);
  });
  serve(http, contracts.returnDeal, async (ctx, { dealId }, { reason }, { seenVersion }) => {
    await returnDeal(ctx, dealId, reason, seenVersion);
    return getDeal(ctx, dealId);
  });
}
