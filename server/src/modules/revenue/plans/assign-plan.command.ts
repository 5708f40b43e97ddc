import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type {
  assignPlan as assignContract,
  enterRate as rateContract,
  setQuota as quotaContract,
} from "@rainmaker/contracts/revenue/plans";
import { dayIn } from "@rainmaker/contracts/time";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import { requireSeenVersion, type Asked } from "#platform/http";
import { widen } from "#platform/scope";
import { parseRational } from "../money/rational.ts";
import { lockPeriod } from "../periods/periods.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { findQuota, getMemberName, insertRate, isMonthCounted, replaceAssignment, saveQuota } from "./people.store.ts";
import { isCounted, lockNewest } from "./plan-versions.store.ts";
import { about } from "./write-plan.command.ts";

/** Puts somebody on a plan from a day on. What was counted by another plan before stays counted by it. */
export async function assignPlan(
  ctx: RevenueContext,
  planId: string,
  { memberId, from }: BodyOf<typeof assignContract>,
): Promise<void> {
  const version = await lockNewest(ctx, planId);
  await getMemberName(ctx, memberId);
  if (memberId === ctx.actor.memberId) {
    throw new Refusal("forbidden", "self_approval", "Somebody else says which plan pays you");
  }
  widen(ctx); // Whether anything is counted already is not the planner's to see.
  if (await isCounted(ctx, { memberId }, from)) {
    throw invalidField("from", "plan_in_use", "Money of that day or later is counted already: choose a later day");
  }
  await replaceAssignment(ctx, planId, memberId, from);
  ctx.emit({ type: "plan.assigned", ...about(version), facts: { memberId, from } });
}

type Quota = ReplyInput<typeof quotaContract>;

/** Sets a quota until the first money of the month is counted: what attainment is measured by does not move under it. */
export async function setQuota(
  ctx: RevenueContext,
  body: BodyOf<typeof quotaContract>,
  { seenVersion }: Asked,
): Promise<Quota> {
  const { memberId, month } = body;
  const name = await getMemberName(ctx, memberId);
  if (memberId === ctx.actor.memberId) {
    throw new Refusal("forbidden", "self_approval", "Somebody else sets your quota");
  }
  const period = await lockPeriod(ctx, month);
  const known = await findQuota(ctx, memberId, month);
  widen(ctx);
  if (await isMonthCounted(ctx, memberId, period.id)) {
    throw new Refusal("conflict", "quota_in_use", `Money of ${month} is counted by this quota already`);
  }
  if (known !== undefined) {
    requireSeenVersion(seenVersion);
    await refuseStale(known, seenVersion, async () => ({ ...body, version: known.version }));
  }
  const { minor: amountMinor, currency } = fromWire(body.amount);
  const version = (known?.version ?? 0) + 1;
  await saveQuota(ctx, { memberId, month, amountMinor, currency, version });
  const facts = { month, amount: body.amount };
  ctx.emit({ type: "quota.set", recordId: memberId, label: name, ownerId: memberId, version, facts });
  return { memberId, month, amount: toWire(amountMinor, currency), version };
}

/** Enters the rate of a day. It stays: lines rest on it. */
export async function enterRate(
  ctx: RevenueContext,
  body: BodyOf<typeof rateContract>,
): Promise<ReplyInput<typeof rateContract>> {
  const { from, to, on, rate, source } = body;
  if (from === to) throw invalidField("to", "same_currency", "A rate is between two currencies");
  if (parseRational(rate).n === 0n) throw invalidField("rate", "rate_out_of_range", "A rate is above zero");
  if (on > dayIn(ctx.organization.timeZone, ctx.now)) {
    throw invalidField("on", "day_in_future", "There is no rate of a day to come");
  }
  if (!(await insertRate(ctx, body))) {
    throw new Refusal("conflict", "rate_exists", `There is a rate from ${from} to ${to} for ${on} already`);
  }
  ctx.emit({ type: "exchange-rate.entered", recordId: null, label: `${from} to ${to}`, facts: { rate, on, source } });
  return { from, to, on, rate, source, setBy: { id: ctx.actor.memberId ?? "", name: ctx.actor.name } };
}
