import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire, toWire } from "@rainmaker/contracts/money";
import type { setGoal as contract } from "@rainmaker/contracts/revenue/goals";
import { refuseStale } from "#platform/errors";
import { requireSeenVersion, type Asked } from "#platform/http";
import type { RevenueContext } from "../revenue.context.ts";
import { insertGoal, lockGoal, requireSubject, saveGoal, type GoalKey } from "./goals.store.ts";
import { getGoal } from "./goals.query.ts";

type Body = BodyOf<typeof contract>;

/** Sets the goal of a member or team for a month. There is one: setting it again changes it, for who saw what it was. */
export async function setGoal(ctx: RevenueContext, body: Body, { seenVersion }: Asked): Promise<string> {
  const key = keyOf(body);
  const name = await requireSubject(ctx, key);
  const { minor, currency } = fromWire(body.target);
  const known = await lockGoal(ctx, key);
  if (known === undefined) {
    const id = await insertGoal(ctx, key, minor, currency);
    announce(ctx, id, name, body, 1, null);
    return id;
  }
  requireSeenVersion(seenVersion);
  await refuseStale(known, seenVersion, () => getGoal(ctx, known.id));
  const version = known.version + 1;
  await saveGoal(ctx, { ...known, targetMinor: minor, currency, version });
  announce(ctx, known.id, name, body, version, toWire(known.targetMinor, known.currency));
  return known.id;
}

function keyOf(body: Body): GoalKey {
  const subjectId = body.scope === "member" ? body.memberId : body.teamId;
  return { scope: body.scope, subjectId, month: body.month };
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
