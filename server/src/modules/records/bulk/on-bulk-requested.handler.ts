import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "#platform/context";
import { enqueueInTurn } from "#platform/jobs";

// Two changes that overlap would cross on the same records: those of one kind of record wait for each other.

export async function enqueueBulkChange(ctx: Context, event: LoggedEvent<"bulk.requested">): Promise<void> {
  await enqueueInTurn(ctx, event, "run-bulk-change", `bulk-${event.facts.entity}`);
}

export async function enqueueBulkUndo(ctx: Context, event: LoggedEvent<"bulk.undo-requested">): Promise<void> {
  await enqueueInTurn(ctx, event, "undo-bulk-change", `bulk-${event.facts.entity}`);
}
