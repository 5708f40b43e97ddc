import { mostPinned, type pinEntry as contract } from "@rainmaker/contracts/records/records";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { actingMember, requirePermission } from "#platform/context";
import { notFound, Refusal } from "#platform/errors";
import type { SalesContext } from "../sales.context.ts";
import { countPins, deletePin, insertPin } from "./timeline-pins.store.ts";
import { readContactTimeline, readCustomerTimeline, readOpportunityTimeline } from "./timelines.query.ts";

const readers = {
  customer: readCustomerTimeline,
  contact: readContactTimeline,
  opportunity: readOpportunityTimeline,
} as const;

/** Puts an entry on top of a timeline, or takes it down. @throws Refusal 404 for what the actor does not see there */
export async function pinEntry(
  ctx: SalesContext,
  { entity, recordId, entryId, isPinned }: BodyOf<typeof contract>,
): Promise<void> {
  requirePermission(ctx.actor, `${entity}.read`);
  requirePermission(ctx.actor, `${entity}.edit`);
  const { items } = await readers[entity](ctx, recordId, { entryId });
  const [entry] = items;
  if (entry === undefined) throw notFound("entry");
  if (entry.isPinned === isPinned) return;
  const pin = { entity, recordId, entryId };
  if (!isPinned) await deletePin(ctx, pin);
  else {
    if ((await countPins(ctx, pin)) >= mostPinned) {
      throw new Refusal("conflict", "too_many_pins", `At most ${mostPinned} entries stand on top; take one down first`);
    }
    await insertPin(ctx, pin, actingMember(ctx));
  }
  const type = isPinned ? "timeline.pinned" : "timeline.unpinned";
  ctx.emit({ type, recordId, ownerId: ctx.actor.memberId, facts: { entity, entryId } });
}
