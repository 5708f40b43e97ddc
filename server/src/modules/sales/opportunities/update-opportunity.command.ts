import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type { updateOpportunity as contract } from "@rainmaker/contracts/sales/opportunity-changes";
import { dayIn } from "@rainmaker/contracts/time";
import { requireHandOver } from "#modules/organization";
import { customAfter } from "#modules/records";
import { changesBetween, patched, type Changes } from "#platform/audit";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import { orNull } from "../customers/customer.ts";
import { requireCustomer } from "../customers/customers.store.ts";
import { moveWithOpportunities } from "../interactions/interactions.store.ts";
import { getStage, listReached } from "../pipeline/pipelines.store.ts";
import type { SalesContext } from "../sales.context.ts";
import { about, amountOf } from "./announce-opportunity.ts";
import { findByExternalId, lockOpportunity, saveOpportunity, transferChildren } from "./opportunities.store.ts";
import { partsOf, saveParts, toldParts, valueAfter, type Parts } from "./opportunity-parts.command.ts";
import { getSavedOpportunity } from "./opportunities.query.ts";
import { refusePastClose, type Opportunity } from "./opportunity.ts";

type Body = BodyOf<typeof contract>;

/** Changes what an opportunity says of itself. What was won is a deal by now: its facts change there. */
export async function updateOpportunity(
  ctx: SalesContext,
  opportunityId: string,
  body: Body,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockOpportunity(ctx, opportunityId);
  await requireReach(ctx, "opportunity.edit", before.ownerId, { entity: "opportunity", id: opportunityId });
  await refuseStale(before, seenVersion, () => getSavedOpportunity(ctx, opportunityId));
  await checkChange(ctx, before, body);
  const { ownerId, customerId, title, expectedCloseOn, nextStepOn, externalId, priority } = body;
  const fields = { ownerId, customerId, title, expectedCloseOn, nextStepOn, externalId, priority, ...textsOf(body) };
  const { currency = before.currency, amountMinor } = moneyOf(body);
  const parts = await partsOf(ctx, opportunityId, body, currency);
  refuseOtherCurrency(before, parts, currency);
  const value = { ...valueAfter(before, parts, amountMinor), currency };
  const { custom, changes } = await customAfter(ctx, "opportunity", before, body.custom, async () =>
    listReached(ctx, await getStage(ctx, before.stageId)),
  );
  const after: Opportunity = { ...patched(before, fields), ...value, custom, version: before.version + 1 };
  widen(ctx);
  await refuseTakenExternalId(ctx, after.externalId, opportunityId);
  await refuseChangingSale(ctx, before, after);
  await saveOpportunity(ctx, after);
  if (after.ownerId !== before.ownerId) await transferChildren(ctx, [opportunityId], after.ownerId);
  if (after.ownerId !== before.ownerId || after.customerId !== before.customerId)
    await moveWithOpportunities(ctx, [opportunityId], after);
  await saveParts(ctx, after, parts);
  announce(ctx, before, after, toldParts(parts, currency), changes);
}

async function checkChange(ctx: SalesContext, before: Opportunity, body: Body): Promise<void> {
  await requireHandOver(ctx, "opportunity.assign", before, patched(before, { ownerId: body.ownerId }));
  if (body.customerId != null && body.customerId !== before.customerId) await requireCustomer(ctx, body.customerId);
  if (before.closedOn === null && body.expectedCloseOn !== before.expectedCloseOn) {
    refusePastClose(body.expectedCloseOn, dayIn(ctx.organization.timeZone, ctx.now));
  }
}

/** Amount and customer of a won opportunity stand in its deal; they do not drift apart. */
async function refuseChangingSale(ctx: SalesContext, before: Opportunity, after: Opportunity): Promise<void> {
  const isSame =
    before.amountMinor === after.amountMinor &&
    before.currency === after.currency &&
    before.customerId === after.customerId &&
    before.ownerId === after.ownerId;
  if (isSame || before.closedOn === null) return;
  const stage = await getStage(ctx, before.stageId);
  if (stage.kind === "won") {
    throw new Refusal(
      "conflict",
      "opportunity_won",
      "This is won: owner, customer and amount stand in its deal; reopen it to change them",
    );
  }
}

type Texts = Partial<Pick<Opportunity, "nextStep" | "source" | "description">>;

function textsOf({ nextStep, source, description }: Body): Texts {
  return {
    ...(nextStep === undefined ? {} : { nextStep: orNull(nextStep) }),
    ...(source === undefined ? {} : { source: orNull(source) }),
    ...(description === undefined ? {} : { description: orNull(description) }),
  };
}

function moneyOf({ amount }: Body): { amountMinor?: bigint | null; currency?: string } {
  if (amount === undefined) return {};
  if (amount === null) return { amountMinor: null };
  const { minor, currency } = fromWire(amount);
  return { amountMinor: minor, currency };
}

/** Prices of lines are in the opportunity's currency; one that changes needs new lines. @throws Refusal 422 */
function refuseOtherCurrency(before: Opportunity, { lines }: Parts, currency: string): void {
  if (currency === before.currency || before.linesTotalMinor === null || lines !== undefined) return;
  throw invalidField("amount.currency", "currency_mismatch", `Its line items are in ${before.currency}`);
}

/** @throws Refusal 409 where another live opportunity has it */
export async function refuseTakenExternalId(
  ctx: SalesContext,
  externalId: string | null,
  except: string | null,
): Promise<void> {
  if (externalId === "") throw invalidField("externalId", "too_small", "This is required");
  const holder = externalId === null ? undefined : await findByExternalId(ctx, externalId);
  if (holder === undefined || holder === except) return;
  const message = "Another opportunity has this external id";
  throw new Refusal("conflict", "external_id_taken", message, {
    errors: [{ path: "externalId", code: "external_id_taken", message }],
  });
}

type Told = ReturnType<typeof toldParts>;

function announce(
  ctx: SalesContext,
  before: Opportunity,
  after: Opportunity,
  parts: Told,
  customChanges: Changes,
): void {
  const told = (opportunity: Opportunity, its: object): object => {
    const {
      amountMinor: _minor,
      currency: _currency,
      rank: _rank,
      linesTotalMinor: _total,
      contactAt: _contact,
      custom: _custom,
      ...rest
    } = opportunity;
    return { ...rest, amount: amountOf(opportunity), ...its };
  };
  ctx.emit({
    type: "opportunity.changed",
    ...about(after),
    previousOwnerId: before.ownerId,
    changes: { ...changesBetween(told(before, parts.before), told(after, parts.after)), ...customChanges },
    facts: { title: after.title },
  });
}
