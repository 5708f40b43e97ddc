import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  arrangeViews as arrangeContract,
  createView as createContract,
  updateView as updateContract,
} from "@rainmaker/contracts/records/views";
import { v7 as uuidv7 } from "uuid";
import { patched } from "#platform/audit";
import { actingMember, holds, requirePermission } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { Context } from "#platform/context";
import { checkFilter } from "../lists/filter.query.ts";
import { checkSort } from "./viewable.ts";
import { requireViewable, viewableOf } from "./viewables.query.ts";
import { getView } from "./views.query.ts";
import {
  insertView,
  isActiveMember,
  listKnownViews,
  lockView,
  saveArrangement,
  saveView,
  type View,
} from "./views.store.ts";

export async function createView(ctx: Context, body: BodyOf<typeof createContract>): Promise<string> {
  const view: View = {
    id: uuidv7(),
    ownerId: actingMember(ctx),
    entity: body.entity,
    name: body.name,
    isShared: body.isShared ?? false,
    filter: body.filter,
    sort: body.sort ?? null,
    columns: body.columns ?? null,
    groupBy: body.groupBy ?? null,
    defaultFor: [],
    version: 1,
  };
  await check(ctx, view);
  await insertView(ctx, view);
  announce(ctx, view);
  return view.id;
}

export async function updateView(
  ctx: Context,
  viewId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockView(ctx, viewId);
  const { seenVersion: _, defaultFor, ...rest } = body;
  if (Object.keys(rest).length > 0) await requireOwn(ctx, before);
  await refuseStale(before, seenVersion, () => getView(ctx, viewId));
  if (defaultFor !== undefined) requirePermission(ctx.actor, "organization.edit");
  const changes = { ...rest, defaultFor: defaultFor && [...new Set(defaultFor)] };
  const after = { ...patched<View>(before, changes), version: before.version + 1 };
  await check(ctx, after);
  await saveView(ctx, after);
  announce(ctx, after);
}

export async function deleteView(ctx: Context, viewId: string, { seenVersion }: Asked): Promise<void> {
  const before = await lockView(ctx, viewId);
  await requireOwn(ctx, before);
  await refuseStale(before, seenVersion, () => getView(ctx, viewId));
  const after = { ...before, version: before.version + 1 };
  await saveView(ctx, after, true);
  const { name, entity } = after;
  ctx.emit({ type: "view.deleted", ...about(after), facts: { name, entity } });
}

export async function restoreView(ctx: Context, viewId: string): Promise<void> {
  const before = await lockView(ctx, viewId, "deleted");
  await requireOwn(ctx, before);
  const after = { ...before, version: before.version + 1 };
  await saveView(ctx, after);
  announce(ctx, after);
}

/** Own order and the view that opens; both are nobody else's. */
export async function arrangeViews(ctx: Context, body: BodyOf<typeof arrangeContract>): Promise<void> {
  const { entity, viewIds, unpinnedIds = [], defaultViewId } = body;
  requireViewable(ctx, entity);
  const named = { viewIds, unpinnedIds, defaultViewId: defaultViewId === null ? [] : [defaultViewId] };
  const known = await listKnownViews(ctx, entity, Object.values(named).flat());
  for (const [path, ids] of Object.entries(named)) {
    if (ids.some((id) => !known.has(id))) throw invalidField(path, "not_found", "There is no such view");
  }
  await saveArrangement(ctx, entity, { viewIds, unpinnedIds, defaultViewId });
}

async function check(
  ctx: Context,
  { entity, filter, sort, columns, groupBy, defaultFor, isShared }: View,
): Promise<void> {
  const { record, heads } = await viewableOf(ctx, entity);
  checkFilter(record, filter);
  checkSort(record, sort);
  const unknown = columns?.find(({ key }) => !Object.hasOwn(heads, key));
  if (unknown !== undefined) throw invalidField("columns", "column_unknown", `There is no column ${unknown.key}`);
  if (groupBy !== null && !Object.hasOwn(record.groups ?? {}, groupBy)) {
    throw invalidField("groupBy", "group_unknown", `The list of a ${record.name} has no groups by ${groupBy}`);
  }
  if (defaultFor.length > 0 && !isShared) {
    throw invalidField("defaultFor", "view_not_shared", "Only a shared view can open for others");
  }
}

/** A shared view is locked by its owner; one whose owner has left is the admins' to look after. */
async function requireOwn(ctx: Context, { ownerId }: View): Promise<void> {
  if (ownerId === ctx.actor.memberId) return;
  if (holds(ctx.actor, "organization.edit") && !(await isActiveMember(ctx, ownerId))) return;
  throw new Refusal("forbidden", "view_of_another", "This view belongs to somebody else; save a copy of your own");
}

function about({ id, name, version, ownerId }: View): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string;
} {
  return { recordId: id, label: name, version, ownerId };
}

function announce(ctx: Context, view: View): void {
  const { name, entity, isShared } = view;
  ctx.emit({ type: "view.saved", ...about(view), facts: { name, entity, isShared } });
}
