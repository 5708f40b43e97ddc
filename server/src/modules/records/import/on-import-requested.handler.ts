import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { enqueue } from "#platform/jobs";

/** A request never enqueues by itself: it announces, and this puts the job into the queue. */
export async function enqueueImport(ctx: Context, event: LoggedEvent<"import.requested">): Promise<void> {
  await enqueueFor(ctx, event, "run-import");
}

export async function enqueueUndo(ctx: Context, event: LoggedEvent<"import.undo-requested">): Promise<void> {
  await enqueueFor(ctx, event, "undo-import");
}

async function enqueueFor(
  ctx: Context,
  { organizationId, actorId, recordId }: LoggedEvent,
  job: string,
): Promise<void> {
  if (recordId === null) throw new TypeError("an import has an id");
  await enqueue(ctx, job, { organizationId, memberId: actorId, subjectId: recordId }, `${job}:${recordId}`);
}
