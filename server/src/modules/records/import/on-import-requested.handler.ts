import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { enqueueFor } from "#platform/jobs";

/** A request never enqueues by itself: it announces, and this puts the job into the queue. */
export async function enqueueImport(ctx: Context, event: LoggedEvent<"import.requested">): Promise<void> {
  await enqueueFor(ctx, event, "run-import");
}

export async function enqueueUndo(ctx: Context, event: LoggedEvent<"import.undo-requested">): Promise<void> {
  await enqueueFor(ctx, event, "undo-import");
}

export async function enqueueRedo(ctx: Context, event: LoggedEvent<"import.redo-requested">): Promise<void> {
  await enqueueFor(ctx, event, "redo-import");
}
