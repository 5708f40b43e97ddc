import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type { setGoal as contract } from "@rainmaker/contracts/revenue/goals";
import { invalidField, refuseStale } from "#platform/errors";
import { requireSeenVersion, type Asked } from "#platform/http";
import type { RevenueContext } from "../revenue.context.ts";
import { insertGoal, lockGoal, requireSubject, saveGoal, type GoalKey } from "./goals.store.ts";
import { getGoal } from "./goals.query.ts";

type Body = BodyOf<typeof contract>;

/** Sets the goal of a member or team for a month. There is one: setting it again changes it, for who saw what it was. */
export async function setGoal(ctx: RevenueContext, body: Body, { seenVersion }: Asked): Promise<string> {
  const key = keyOf(ctx, body);
  const name = await requireSubject(ctx, key);
  const { minor, currency } = fromWire(body.target);
  const stretchMinor = stretchOf(body);
  const known = await lockGoal(ctx, key);
  if (known === undefined) {
    const id = await insertGoal(ctx, key, { targetMinor: minor, stretchMinor, currency });
    announce(ctx, id, name, body, 1, null);
    return id;
  }
  requireSeenVersion(seenVersion);
  await refuseStale(known, seenVersion, () => getGoal(ctx, known.id));
  const version = known.version + 1;
  await saveGoal(ctx, { ...known, targetMinor: minor, stretchMinor, currency, version });
  announce(ctx, known.id, name, body, version, toWire(known.targetMinor, known.currency));
  return known.id;
}

/** @throws Refusal 422 for a stretch that is not beyond the target, or in another currency */
function stretchOf({ target, stretch }: Body): bigint | null {
  if (stretch == null) return null;
  const { minor, currency } = fromWire(stretch);
  if (currency !== target.currency) {
    throw invalidField("stretch.currency", "currency_differs", "The stretch is in the currency of the target");
  }
  if (minor <= fromWire(target).minor) {
    throw invalidField("stretch.amount", "not_beyond_target", "A stretch is more than the target");
  }
  return minor;
}

function keyOf(ctx: RevenueContext, body: Body): GoalKey {
  const { scope, month } = body;
  if (body.scope === "organization") return { scope, month, subjectId: ctx.actor.organizationId };
  return { scope, month, subjectId: body.scope === "member" ? body.memberId : body.teamId };
}

function announce(ctx: RevenueContext, id: string, label: string, body: Body, version: number, before: unknown): void {
  const { scope, month, target } = body;
  ctx.emit({
    type: "goal.set",
    recordId: id,
    label,
    version,
    changes: { target: [before, target] },
    facts: { scope, month, target },
  });
}
