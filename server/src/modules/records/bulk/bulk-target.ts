import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { EventType } from "@rainmaker/contracts/events";
import type { Refusal } from "#platform/errors";
import type { RecordDefinition } from "../lists/record.ts";
import type { Permission } from "@rainmaker/contracts/organization/permissions";

/** What a change left behind: enough to put it back. */
export type Applied = {
  /** Values that were replaced, as `revert` takes them. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Version it left the record at. */
  readonly version: number;
};

/** A column that is written without anything following from it but what `afterOwner` does. */
export type PlainField = { readonly column: string; readonly type: "text" | "uuid" | "date" | "text[]" };

/** How many records are changed by a few statements, by the same rules as one. */
export type PlainBulk<Ctx> = {
  readonly record: RecordDefinition;
  /** By the names actions use; "tags" is the field of tags. */
  readonly fields: Readonly<Record<string, PlainField>>;
  /** SQL over the record r: those are changed by the command of one. */
  readonly specialWhen?: string;
  /** What speaks against a value, whatever the record. */
  readonly refuse?: (ctx: Ctx, field: string, value: string | null) => Refusal | null;
  /** What goes along with records that change hands. */
  readonly afterOwner: (ctx: Ctx, recordIds: readonly string[], ownerId: string | null) => Promise<void>;
  /** What goes along with records that go to the trash. */
  readonly afterDelete?: (ctx: Ctx, recordIds: readonly string[]) => Promise<void>;
  /** Why records cannot go to the trash, by id. */
  readonly refuseDelete?: (ctx: Ctx, recordIds: readonly string[]) => Promise<ReadonlyMap<string, Refusal>>;
};

/** How records of an entity are changed by the thousand: by the rules of the commands people use, each as if alone. */
export type BulkTarget<Ctx> = {
  readonly entity: ViewEntity;
  /** Event that stands for the many of a chunk. */
  readonly chunkEvent: Extract<EventType, "customers.changed" | "contacts.changed" | "opportunities.changed">;
  readonly plain?: PlainBulk<Ctx>;
  /** Changes custom fields of a record by the command of one, where it has some. */
  readonly setCustom?: (
    ctx: Ctx,
    recordId: string,
    custom: CustomInput,
    seenVersion: number | undefined,
  ) => Promise<void>;
  /** What the action needs. @throws Refusal 422 for a field or value that cannot be set */
  readonly permissionFor: (action: BulkAction) => Permission;
  /** @returns null where the record is like that already. @throws Refusal where the record cannot, before it writes */
  readonly apply: (
    ctx: Ctx,
    recordId: string,
    action: BulkAction,
    seenVersion: number | undefined,
  ) => Promise<Applied | null>;
  /** Puts a record back. @throws Refusal where it was changed since, or cannot */
  readonly revert: (ctx: Ctx, recordId: string, action: BulkAction, applied: Applied) => Promise<void>;
};

/** A tag list with some more, or without some; the same list where that changes nothing. */
export function tagsAfter(tags: readonly string[], action: Extract<BulkAction, { tags: string[] }>): readonly string[] {
  if (action.kind === "addTags") return [...new Set([...tags, ...action.tags])];
  const gone = new Set(action.tags);
  return tags.filter((tag) => !gone.has(tag));
}
