import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { EventType } from "@rainmaker/contracts/events";
import type { Permission } from "@rainmaker/contracts/organization/permissions";

/** What a change left behind: enough to put it back. */
export type Applied = {
  /** Values that were replaced, as `revert` takes them. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Version it left the record at. */
  readonly version: number;
};

/** How records of an entity are changed by the thousand: one by one, by the commands people use. */
export type BulkTarget<Ctx> = {
  readonly entity: ViewEntity;
  /** Event that stands for the many of a chunk. */
  readonly chunkEvent: Extract<EventType, "customers.changed" | "opportunities.changed">;
  /** What the action needs. @throws Refusal 422 for a field or value that cannot be set */
  readonly permissionFor: (action: BulkAction) => Permission;
  /** @returns null where the record is like that already. @throws Refusal where the record cannot, before it writes */
  readonly apply: (ctx: Ctx, recordId: string, action: BulkAction) => Promise<Applied | null>;
  /** Puts a record back. @throws Refusal where it was changed since, or cannot */
  readonly revert: (ctx: Ctx, recordId: string, action: BulkAction, applied: Applied) => Promise<void>;
};

/** A tag list with some more, or without some; the same list where that changes nothing. */
export function tagsAfter(tags: readonly string[], action: Extract<BulkAction, { tags: string[] }>): readonly string[] {
  if (action.kind === "addTags") return [...new Set([...tags, ...action.tags])];
  const gone = new Set(action.tags);
  return tags.filter((tag) => !gone.has(tag));
}
