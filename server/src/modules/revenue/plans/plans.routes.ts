import * as contracts from "@rainmaker/contracts/revenue/plans";
import { serve, serveRead, type Http } from "#platform/http";
import { acceptPlan, approvePlan } from "./approve-plan.command.ts";
import { assignPlan, enterRate, setQuota } from "./assign-plan.command.ts";
import { findDocument, getPlan, listPlans, listRates } from "./plans.query.ts";
import { simulatePlan } from "./simulation.query.ts";
import { createPlan, createPlanVersion, returnPlan, saveDraft, submitPlan } from "./write-plan.command.ts";

export function planRoutes(http: Http): void {
  serveRead(http, contracts.listPlans, "statement", (ctx) => listPlans(ctx));
  serveRead(http, contracts.readPlan, "statement", (ctx, { planId }) => getPlan(ctx, planId));
  serve(http, contracts.createPlan, async (ctx, _, { name }) => getPlan(ctx, await createPlan(ctx, name)));
  serve(http, contracts.createPlanVersion, async (ctx, { planId }) => {
    await createPlanVersion(ctx, planId);
    return getPlan(ctx, planId);
  });
  serve(http, contracts.savePlanDraft, async (ctx, { planId }, body, asked) => {
    await saveDraft(ctx, planId, body, asked);
    return getPlan(ctx, planId);
  });
  serve(http, contracts.submitPlan, async (ctx, { planId }) => {
    await submitPlan(ctx, planId);
    return getPlan(ctx, planId);
  });
  serve(http, contracts.returnPlan, async (ctx, { planId }, { reason }) => {
    await returnPlan(ctx, planId, reason);
    return getPlan(ctx, planId);
  });
  serve(http, contracts.approvePlan, async (ctx, { planId }, { seenVersion }) => {
    await approvePlan(ctx, planId, seenVersion);
    return getPlan(ctx, planId);
  });
  serve(http, contracts.simulatePlan, (ctx, { planId }) => simulatePlan(ctx, planId));
  serve(http, contracts.assignPlan, async (ctx, { planId }, body) => {
    await assignPlan(ctx, planId, body);
    return getPlan(ctx, planId);
  });
  serve(http, contracts.setQuota, (ctx, _, body, asked) => setQuota(ctx, body, asked));
  serveRead(http, contracts.readPlanDocument, "statement", async (ctx) => ({ document: await findDocument(ctx) }));
  serve(http, contracts.acceptPlan, async (ctx, { planId }, body) => ({
    acceptedAt: await acceptPlan(ctx, planId, body),
  }));
  serveRead(http, contracts.listRates, "statement", (ctx) => listRates(ctx));
  serve(http, contracts.enterRate, (ctx, _, body) => enterRate(ctx, body));
}
