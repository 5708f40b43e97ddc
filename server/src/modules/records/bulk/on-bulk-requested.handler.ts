import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { enqueueFor } from "#platform/jobs";

export async function enqueueBulkChange(ctx: Context, event: LoggedEvent<"bulk.requested">): Promise<void> {
  await enqueueFor(ctx, event, "run-bulk-change");
}

export async function enqueueBulkUndo(ctx: Context, event: LoggedEvent<"bulk.undo-requested">): Promise<void> {
  await enqueueFor(ctx, event, "undo-bulk-change");
}
