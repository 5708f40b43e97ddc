import type { BulkAction, BulkChange as Wire } from "@rainmaker/contracts/records/bulk";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { Refusal } from "#platform/errors";

export type BulkStatus = Wire["status"];

export type BulkChange = {
  readonly id: string;
  readonly ownerId: string;
  readonly entity: ViewEntity;
  readonly action: BulkAction;
  readonly status: BulkStatus;
  readonly finishedAt: string | null;
};

/** Records that are changed in one transaction: a killed worker goes on with the next of them. */
export const chunkRows = 500;
/** How long a bulk change can be put back. */
export const undoDays = 30;

export function undoUntil(finishedAt: string | null): string | null {
  return finishedAt === null ? null : new Date(Date.parse(finishedAt) + undoDays * 86_400_000).toISOString();
}

/** @throws Refusal 409 where it has not ended, was put back already, or is too old */
export function requireUndoable({ status, finishedAt }: BulkChange, now: Date): void {
  if (status !== "finished" && status !== "cancelled" && status !== "failed") {
    throw new Refusal("conflict", "invalid_transition", "Only a bulk change that has ended can be undone, and once");
  }
  const until = undoUntil(finishedAt);
  if (until !== null && Date.parse(until) < now.getTime()) {
    throw new Refusal("conflict", "undo_expired", `A bulk change can be undone for ${undoDays} days`);
  }
}

/** "set ownerId", "delete". */
export function actionName(action: BulkAction): string {
  return action.kind === "set" ? `set ${action.field}` : action.kind;
}
