import * as changes from "@rainmaker/contracts/revenue/deal-changes";
import * as contracts from "@rainmaker/contracts/revenue/deals";
import { serve, serveRead, type Http } from "#platform/http";
import { approveDeal, returnDeal, submitDeal } from "./approve-deal.command.ts";
import { createDeal, deleteDeal } from "./create-deal.command.ts";
import { getDeal, listDeals } from "./deals.query.ts";
import { decideRevision, proposeRevision, withdrawRevision } from "./revise-deal.command.ts";
import { getPayment } from "../payments/payments.query.ts";

export function dealRoutes(http: Http): void {
  serveRead(http, contracts.listDeals, "statement", (ctx, _, query) => listDeals(ctx, query));
  serveRead(http, contracts.getDeal, "statement", (ctx, { dealId }) => getDeal(ctx, dealId));
  serve(http, changes.createDeal, async (ctx, _, body) => {
    const { dealId, paymentId } = await createDeal(ctx, body);
    const firstPayment = paymentId === null ? null : await getPayment(ctx, paymentId);
    return { deal: await getDeal(ctx, dealId), firstPayment };
  });
  serve(http, changes.deleteDeal, (ctx, { dealId }, _, asked) => deleteDeal(ctx, dealId, asked));
  serveRevisions(http);
  serve(http, changes.submitDeal, async (ctx, { dealId }, _, { seenVersion }) => {
    await submitDeal(ctx, dealId, seenVersion);
    return getDeal(ctx, dealId);
  });
  serve(http, changes.approveDeal, async (ctx, { dealId }, _, { seenVersion }) => {
    await approveDeal(ctx, dealId, seenVersion);
    return getDeal(ctx, dealId);
  });
  serve(http, changes.returnDeal, async (ctx, { dealId }, { reason }, { seenVersion }) => {
    await returnDeal(ctx, dealId, reason, seenVersion);
    return getDeal(ctx, dealId);
  });
}

function serveRevisions(http: Http): void {
  serve(http, changes.proposeRevision, async (ctx, { dealId }, body) => {
    await proposeRevision(ctx, dealId, body);
    return getDeal(ctx, dealId);
  });
  serve(http, changes.decideRevision, async (ctx, { dealId, revisionId }, { verdict, note = "" }) => {
    await decideRevision(ctx, dealId, revisionId, { verdict, note: note === "" ? null : note });
    return getDeal(ctx, dealId);
  });
  serve(http, changes.withdrawRevision, async (ctx, { dealId, revisionId }) => {
    await withdrawRevision(ctx, dealId, revisionId);
    return getDeal(ctx, dealId);
  });
}
