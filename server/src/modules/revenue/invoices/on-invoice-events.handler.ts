import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { enqueue } from "#platform/jobs";

/** A request never enqueues by itself: it announces, and this puts the job into the queue. */
export async function enqueueRendering(ctx: Context, event: LoggedEvent<"invoice.issued">): Promise<void> {
  if (event.recordId !== null) await enqueueFor(ctx, event, "render-invoice", event.recordId);
}

export async function enqueueDelivery(ctx: Context, event: LoggedEvent<"invoice.delivery-requested">): Promise<void> {
  await enqueueFor(ctx, event, "send-invoice", event.facts.deliveryId);
}

async function enqueueFor(
  ctx: Context,
  { organizationId }: LoggedEvent,
  job: string,
  subjectId: string,
): Promise<void> {
  await enqueue(ctx, job, { organizationId, memberId: null, subjectId }, `${job}:${subjectId}`);
}
