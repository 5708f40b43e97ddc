import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { BulkChangeId, MemberId } from "../ids.ts";
import { Instant } from "../time.ts";
import { Filter, FilterZone } from "./filters.ts";
import { ViewEntity } from "./views.ts";

const tags = z
  .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(40)))
  .check(z.minLength(1), z.maxLength(20));

/** What is done to every record of a selection. */
export const BulkAction = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("set"),
    field: z.string().check(z.maxLength(60)),
    /** Null empties the field. */
    value: z.nullable(z.string().check(z.maxLength(400))),
  }),
  z.strictObject({ kind: z.literal("addTags"), tags }),
  z.strictObject({ kind: z.literal("removeTags"), tags }),
  z.strictObject({ kind: z.literal("delete") }),
]);
export type BulkAction = z.output<typeof BulkAction>;

/** Most records of one bulk change. */
export const mostInBulk = 100_000;
/** So many of them a dry run tries. */
export const mostTried = 500;
/** So many are deleted without saying how many they are. */
export const mostDeletedUncounted = 100;
/** Refused records a dry run names. */
export const mostRefusedTold = 100;

/** queued, running: in the background; finished; cancelled: its person stopped it; failed: its person lost the right; undoing, undone. */
export const bulkStatuses = ["queued", "running", "finished", "cancelled", "failed", "undoing", "undone"] as const;

export const BulkRefusal = z.object({ code: z.string(), message: z.string(), rows: z.int() });

export const BulkChange = z.object({
  id: BulkChangeId,
  entity: ViewEntity,
  action: BulkAction,
  status: z.enum(bulkStatuses),
  owner: z.object({ id: MemberId, name: z.string() }),
  /** total = changed + unchanged + refused + what is still to do. */
  total: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  /** Refused rows by reason, most first. */
  refusals: z.array(BulkRefusal),
  undo: z.nullable(z.object({ restored: z.int(), kept: z.int() })),
  undoUntil: z.nullable(Instant),
  createdAt: Instant,
  finishedAt: z.nullable(Instant),
  failure: z.nullable(z.string()),
  version: z.int(),
});
export type BulkChange = z.output<typeof BulkChange>;

const selection = {
  entity: ViewEntity,
  /** Which records; single ones by the field id. */
  filter: Filter,
  timeZone: z.optional(FilterZone),
  action: BulkAction,
};

export const tryBulkChange = endpoint(
  "POST",
  "/bulk-changes/trial",
  "Dry run of a bulk change: what would change and what would be refused, nothing written",
  "signed-in",
  {
    body: z.strictObject(selection),
    reply: z.object({
      total: z.int(),
      /** The first so many were tried; the counts are of these. */
      tried: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      refused: z.int(),
      refusals: z.array(BulkRefusal),
      /** The first of the refused ones, by name. */
      refusedRecords: z.array(z.object({ id: z.uuid(), number: z.string(), title: z.string(), code: z.string() })),
    }),
  },
);

export const startBulkChange = endpoint(
  "POST",
  "/bulk-changes",
  "Change many records in the background; which ones is settled now",
  "signed-in",
  {
    body: z.strictObject({
      ...selection,
      /** How many the caller means: asked for where more than a hundred are deleted. */
      confirmedCount: z.optional(z.int()),
    }),
    status: 202,
    reply: BulkChange,
  },
);

export const listBulkChanges = endpoint("GET", "/bulk-changes", "Own bulk changes, newest first", "signed-in", {
  query: z.strictObject({ ...pageQuery }),
  reply: page(BulkChange),
});

const bulkParams = z.strictObject({ bulkChangeId: BulkChangeId });

export const getBulkChange = endpoint("GET", "/bulk-changes/{bulkChangeId}", "How far a bulk change is", "signed-in", {
  params: bulkParams,
  reply: BulkChange,
});

export const cancelBulkChange = endpoint(
  "POST",
  "/bulk-changes/{bulkChangeId}/cancellations",
  "Stop a bulk change; what is done stays, and can be undone",
  "signed-in",
  {
    params: bulkParams,
    reply: BulkChange,
  },
);

export const undoBulkChange = endpoint(
  "POST",
  "/bulk-changes/{bulkChangeId}/undo",
  "Put back what a bulk change did, but for what was changed since",
  "signed-in",
  {
    params: bulkParams,
    status: 202,
    reply: BulkChange,
  },
);
