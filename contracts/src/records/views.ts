import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { ExportId, ViewId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { Instant } from "../time.ts";
import { Filter, FilterZone } from "./filters.ts";

/** Kinds of records whose lists have views, exports and bulk changes. */
export const viewEntities = ["customer", "contact", "opportunity"] as const;
export const ViewEntity = z.enum(viewEntities);
export type ViewEntity = z.output<typeof ViewEntity>;

const ViewColumn = z.strictObject({
  key: z.string().check(z.maxLength(60)),
  /** Pixels; as wide as it needs unless given. */
  width: z.optional(z.int().check(z.minimum(40), z.maximum(1200))),
});
const columns = z.array(ViewColumn).check(z.maxLength(60));
const sort = z.string().check(z.maxLength(250));
const groupBy = z.string().check(z.maxLength(60));
const roles = z.array(z.string().check(z.minLength(1), z.maxLength(60))).check(z.maxLength(50));
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

export const SavedView = z.object({
  id: ViewId,
  entity: ViewEntity,
  name: z.string(),
  /** Everybody of the organization finds it; each sees the rows that are theirs to see. */
  isShared: z.boolean(),
  filter: Filter,
  sort: z.nullable(sort),
  /** Null: those of the list as it comes. */
  columns: z.nullable(columns),
  /** What rows are put together by; null for one list. */
  groupBy: z.nullable(groupBy),
  /** Roles it opens for, where a member chose no view of their own. */
  defaultFor: roles,
  /** Among the tabs of the caller; otherwise behind them. */
  isPinned: z.boolean(),
  /** Fields of the filter that the list does not have (any more): its rows are not told until somebody leaves them out. */
  brokenFields: z.array(z.string()),
  owner: MemberRef,
  /** Whether the caller may change it. */
  mayEdit: z.boolean(),
  updatedAt: Instant,
  version: z.int(),
});
export type SavedView = z.output<typeof SavedView>;

export const listViews = endpoint(
  "GET",
  "/views",
  "Own and shared views of a list, in the caller's order",
  "signed-in",
  {
    query: z.strictObject({ entity: ViewEntity }),
    reply: z.object({ items: z.array(SavedView), defaultViewId: z.nullable(ViewId) }),
  },
);

export const createView = endpoint(
  "POST",
  "/views",
  "Keep filter, order and columns of a list as a view",
  "signed-in",
  {
    body: z.strictObject({
      entity: ViewEntity,
      name,
      isShared: z.optional(z.boolean()),
      filter: Filter,
      sort: z.optional(z.nullable(sort)),
      columns: z.optional(z.nullable(columns)),
      groupBy: z.optional(z.nullable(groupBy)),
    }),
    status: 201,
    reply: SavedView,
  },
);

const viewParams = z.strictObject({ viewId: ViewId });

export const updateView = endpoint(
  "PATCH",
  "/views/{viewId}",
  "Change a view, for everybody who uses it",
  "signed-in",
  {
    params: viewParams,
    body: z.strictObject({
      name: z.optional(name),
      isShared: z.optional(z.boolean()),
      filter: z.optional(Filter),
      sort: z.optional(z.nullable(sort)),
      columns: z.optional(z.nullable(columns)),
      groupBy: z.optional(z.nullable(groupBy)),
      /** Of a shared view, by an admin: whose view it is, does not matter for this. */
      defaultFor: z.optional(roles),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: SavedView,
  },
);

export const deleteView = endpoint("DELETE", "/views/{viewId}", "Take a view away", "signed-in", {
  params: viewParams,
  versioned: true,
  status: 204,
});

export const restoreView = endpoint("POST", "/views/{viewId}/restorations", "Bring a view back", "signed-in", {
  params: viewParams,
  status: 201,
  reply: SavedView,
});

export const arrangeViews = endpoint(
  "PUT",
  "/view-arrangement",
  "Own order of views, which of them are pinned, and which one opens",
  "signed-in",
  {
    body: z.strictObject({
      entity: ViewEntity,
      viewIds: z.array(ViewId).check(z.maxLength(200)),
      /** Views that stand behind the tabs; all others are pinned. */
      unpinnedIds: z.optional(z.array(ViewId).check(z.maxLength(200))),
      defaultViewId: z.nullable(ViewId),
    }),
    status: 204,
  },
);

export const Export = z.object({
  id: ExportId,
  entity: ViewEntity,
  fileName: z.string(),
  createdAt: Instant,
});

export const createExport = endpoint("POST", "/exports", "Prepare a CSV file of a list as it is shown", "signed-in", {
  body: z.strictObject({
    entity: ViewEntity,
    filter: Filter,
    sort: z.optional(z.nullable(sort)),
    timeZone: z.optional(FilterZone),
    /** Keys of the columns, in their order. */
    columns: z.array(z.string().check(z.maxLength(60))).check(z.minLength(1), z.maxLength(60)),
  }),
  status: 201,
  reply: Export,
});

export const readExport = endpoint(
  "GET",
  "/exports/{exportId}/file",
  "The rows the caller sees now, as CSV",
  "signed-in",
  {
    params: z.strictObject({ exportId: ExportId }),
    replyType: "text/csv; charset=utf-8",
  },
);
