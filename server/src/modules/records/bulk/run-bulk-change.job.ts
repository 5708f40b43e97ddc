import { Refusal } from "#platform/errors";
import type { Context } from "#platform/context";
import { asMember, type JobWork } from "#platform/jobs";
import { inTransaction, systemCaller } from "#platform/tenant";
import { failBulkChange, runChunk, undoChunk } from "./run-bulk-change.command.ts";

/** Works a bulk change off, each chunk in a transaction of its own; cut off, the next run goes on where it was. */
export async function runBulkChangeJob(work: JobWork): Promise<void> {
  await workOff(work, runChunk);
}

export async function undoBulkChangeJob(work: JobWork): Promise<void> {
  await workOff(work, undoChunk);
}

async function workOff(work: JobWork, chunk: (ctx: Context, bulkChangeId: string) => Promise<boolean>): Promise<void> {
  const { subjectId } = work.payload;
  try {
    while (await asMember(work, (ctx) => chunk(ctx, subjectId))) work.signal.throwIfAborted();
  } catch (error) {
    // A right that was lost meanwhile. Anything else is tried again; a change that is not this person's is nobody's.
    if (!(error instanceof Refusal) || error.kind === "not_found") throw error;
    await fail(work, error);
  }
}

async function fail({ workplace, payload, clock }: JobWork, { code, message }: Refusal): Promise<void> {
  const system = await systemCaller(workplace, payload.organizationId, clock());
  const caller = { ...system, actor: { ...system.actor, memberId: payload.memberId as never, grants: new Map() } };
  await inTransaction(workplace, caller, (ctx) => failBulkChange(ctx, payload.subjectId, code, message));
}
