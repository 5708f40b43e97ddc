import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type { createOpportunity as contract } from "@rainmaker/contracts/sales/opportunity-changes";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { requireOwner } from "#modules/organization";
import { customOfNew } from "#modules/records";
import { actingMember } from "#platform/context";
import { invalidField } from "#platform/errors";
import { widen } from "#platform/scope";
import { orNull } from "../customers/customer.ts";
import { requireCustomer } from "../customers/customers.store.ts";
import { getStartStage, listReached } from "../pipeline/pipelines.store.ts";
import type { SalesContext } from "../sales.context.ts";
import { about, amountOf } from "./announce-opportunity.ts";
import { insertOpportunity } from "./opportunities.store.ts";
import { partsOf, saveParts, valueAfter } from "./opportunity-parts.command.ts";
import { refusePastClose, type Opportunity } from "./opportunity.ts";
import { rankOnTop } from "./rank.ts";
import { missingFor, refuseEntry } from "./stage-entry.ts";
import { refuseTakenExternalId } from "./update-opportunity.command.ts";

type Body = BodyOf<typeof contract>;

/** Opens an opportunity in a stage that is open; winning and losing are moves. */
export async function createOpportunity(ctx: SalesContext, body: Body): Promise<Opportunity> {
  const ownerId = body.ownerId ?? actingMember(ctx);
  if (ownerId !== ctx.actor.memberId) await requireOwner(ctx, "opportunity.assign", ownerId);
  if (body.customerId != null) await requireCustomer(ctx, body.customerId);
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  refusePastClose(body.expectedCloseOn, today);
  const stage = await getStartStage(ctx, body.pipelineId, body.stageId);
  const { currency, amountMinor: given } = moneyOf(body, stage.currency);
  const parts = await partsOf(ctx, null, body, currency);
  const custom = await customOfNew(ctx, "opportunity", body.custom, () => listReached(ctx, stage));
  widen(ctx);
  if (stage.kind !== "open") throw invalidField("stageId", "stage_not_open", "Open it in an open stage, then move it");
  const externalId = orNull(body.externalId);
  await refuseTakenExternalId(ctx, externalId, null);
  const sale: Omit<Opportunity, "number"> = {
    id: uuidv7(),
    ownerId,
    customerId: body.customerId ?? null,
    pipelineId: stage.pipelineId,
    stageId: stage.id,
    stageSince: ctx.now.toISOString(),
    rank: rankOnTop(ctx.now, Math.random()),
    title: body.title,
    currency,
    ...valueAfter({ amountMinor: null, linesTotalMinor: null }, parts, given),
    expectedCloseOn: body.expectedCloseOn ?? null,
    openedOn: today,
    closedOn: null,
    lostReason: null,
    nextStep: orNull(body.nextStep),
    nextStepOn: body.nextStepOn ?? null,
    contactAt: null,
    source: orNull(body.source),
    priority: body.priority ?? null,
    description: orNull(body.description),
    externalId,
    custom,
    version: 1,
  };
  // Opened further on than in the first stage, it says what others must say to get there.
  if (body.stageId !== undefined) refuseEntry(stage, missingFor(stage, { ...sale, isInTouch: true }));
  const opportunity = await insertOpportunity(ctx, sale);
  await saveParts(ctx, opportunity, parts);
  ctx.emit({
    type: "opportunity.created",
    ...about(opportunity),
    facts: { title: opportunity.title, amount: amountOf(opportunity), stage: stage.name },
  });
  return opportunity;
}

type Given = { readonly amountMinor: bigint | undefined; readonly currency: string };

/** Without an amount the lines decide. */
function moneyOf({ amount }: Body, currency: string): Given {
  if (amount == null) return { amountMinor: undefined, currency };
  const { minor, currency: given } = fromWire(amount);
  return { amountMinor: minor, currency: given };
}
