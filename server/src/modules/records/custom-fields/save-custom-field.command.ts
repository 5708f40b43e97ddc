import type { BodyOf } from "@rainmaker/contracts/endpoint";
import {
  mostCustomFields,
  type arrangeCustomFields as arrangeContract,
  type createCustomField as createContract,
  type updateCustomField as updateContract,
} from "@rainmaker/contracts/records/custom-fields";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { actingMember, type Context } from "#platform/context";
import { invalidField, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { checkDefinition, checkKey, keyOf, optionsAfter, refuseTaken, type CustomField } from "./custom-field.ts";
import { getCustomField, viewsUsing } from "./custom-fields.query.ts";
import {
  insertField,
  listRepeated,
  lockDefinitions,
  lockField,
  saveField,
  savePositions,
  saveUniqueness,
} from "./custom-fields.store.ts";
import { customTargetOf } from "./custom-targets.query.ts";

type Created = BodyOf<typeof createContract>;
type Updated = BodyOf<typeof updateContract>;

/** Adds a field: every list, form, file and filter of the entity knows it from the next request on. */
export async function createCustomField(ctx: Context, body: Created): Promise<string> {
  const { entity, type, label } = body;
  const others = await lockDefinitions(ctx, entity);
  if (others.length >= mostCustomFields) {
    throw invalidField("entity", "too_many", `At most ${mostCustomFields} fields, those hidden for 30 days included`);
  }
  const key = body.key ?? keyOf(label, `field_${others.length + 1}`);
  if (body.key !== undefined) checkKey(key);
  const field: CustomField = {
    id: uuidv7(),
    entity,
    key,
    label,
    type,
    position: Math.max(0, ...others.map(({ position }) => position)) + 1,
    section: body.section ?? null,
    help: body.help ?? null,
    requirement: body.requirement ?? "never",
    requiredStageId: body.requiredStageId ?? null,
    isUnique: body.isUnique ?? false,
    defaultValue: body.defaultValue ?? null,
    settings: settingsOf(ctx, body),
    options: optionsAfter([], body.options ?? []),
    version: 1,
  };
  await check(ctx, field);
  refuseTaken(field, others, reservedKeys(field));
  await insertField(ctx, field, actingMember(ctx));
  ctx.emit({ type: "custom-field.created", ...about(field), facts: { label, entity, fieldType: type } });
  return field.id;
}

/** An amount without a currency of its own is in the organization's, for good: a change would give old ones another. */
function settingsOf(
  ctx: Context,
  { type, settings = {} }: Pick<Created, "type" | "settings">,
): CustomField["settings"] {
  return type === "money" ? { ...settings, currency: settings.currency ?? ctx.organization.currency } : settings;
}

/** Names that the record has itself, without case and underscores. */
function reservedKeys({ entity }: CustomField): ReadonlySet<string> {
  const { fields = {}, filters, sorts } = customTargetOf(entity).record;
  const own = [...Object.keys(fields), ...Object.keys(filters), ...Object.keys(sorts)];
  return new Set(["id", "name", "title", "owner", "version", "custom", ...own].map((name) => name.toLowerCase()));
}

async function check(ctx: Context, field: CustomField): Promise<void> {
  checkDefinition(field);
  const { requiredStageId, entity } = field;
  if (requiredStageId === null) return;
  const isThere = await customTargetOf(entity).hasStage?.(ctx, requiredStageId);
  if (isThere !== true) throw invalidField("requiredStageId", "not_found", "There is no such stage");
}

export async function updateCustomField(
  ctx: Context,
  fieldId: string,
  body: Updated,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockField(ctx, fieldId);
  await refuseStale(before, seenVersion, () => getCustomField(ctx, fieldId));
  const { seenVersion: _, options, settings, ...facts } = body;
  const after: CustomField = {
    ...patched<CustomField>(before, facts),
    requiredStageId:
      (facts.requirement ?? before.requirement) === "stage" ? stageAfter(before, body) : (body.requiredStageId ?? null),
    options: options === undefined ? before.options : optionsAfter(before.options, options),
    settings: settings === undefined ? before.settings : keptSettings(before, settings),
    version: before.version + 1,
  };
  await check(ctx, after);
  refuseTaken(after, await lockDefinitions(ctx, before.entity), new Set());
  if (after.isUnique && !before.isUnique) await refuseRepeated(ctx, fieldId);
  await saveField(ctx, after);
  if (after.isUnique !== before.isUnique) await saveUniqueness(ctx, after);
  const { label, entity } = after;
  const changes = changesBetween(before, after);
  ctx.emit({ type: "custom-field.changed", ...about(after), changes, facts: { label, entity } });
}

function stageAfter(before: CustomField, { requiredStageId }: Updated): string | null {
  return requiredStageId === undefined ? before.requiredStageId : requiredStageId;
}

/** @throws Refusal 422 where values that are there would come to mean something else */
function keptSettings({ settings: before }: CustomField, given: CustomField["settings"]): CustomField["settings"] {
  for (const name of ["currency", "target"] as const) {
    if (given[name] !== undefined && given[name] !== before[name]) {
      throw invalidField(`settings.${name}`, "not_changeable", "Records may have values already; add another field");
    }
  }
  const { currency, target } = before;
  return { ...given, ...(currency == null ? {} : { currency }), ...(target == null ? {} : { target }) };
}

const shownGroups = 20;

async function refuseRepeated(ctx: Context, fieldId: string): Promise<void> {
  const groups = await listRepeated(ctx, fieldId, shownGroups);
  if (groups.length === 0) return;
  const named = groups.map(({ value, count }) => `${value} (${count} records)`).join(", ");
  throw invalidField("isUnique", "values_repeated", `Several records have the same value: ${named}`);
}

/** Hides a field; its values stay for 30 days. @throws Refusal 409 that lists the views it would break */
export async function deleteCustomField(ctx: Context, fieldId: string, { seenVersion }: Asked): Promise<void> {
  const before = await lockField(ctx, fieldId);
  await refuseStale(before, seenVersion, () => getCustomField(ctx, fieldId));
  const views = await viewsUsing(ctx, before);
  if (views.length > 0) {
    const told = views.filter(({ is_shared: isShared, is_own: isOwn }) => isShared || isOwn);
    const others = views.length - told.length;
    const list = [...told.map(({ name }) => name), ...(others > 0 ? [`${others} of other people`] : [])].join(", ");
    throw new Refusal("conflict", "field_in_use", `Views use this field: ${list}`, {
      current: {
        views: told.map(({ id, name, is_shared: isShared }) => ({ id, name, isShared })),
        privateViews: others,
      },
    });
  }
  const after = { ...before, version: before.version + 1 };
  await saveField(ctx, after, true);
  ctx.emit({ type: "custom-field.deleted", ...about(after), facts: { label: after.label, entity: after.entity } });
}

export async function restoreCustomField(ctx: Context, fieldId: string): Promise<void> {
  const before = await lockField(ctx, fieldId, "deleted");
  const after = { ...before, version: before.version + 1 };
  await saveField(ctx, after);
  ctx.emit({ type: "custom-field.restored", ...about(after), facts: { label: after.label, entity: after.entity } });
}

/** @throws Refusal 422 unless exactly the fields of the entity are given */
export async function arrangeCustomFields(ctx: Context, body: BodyOf<typeof arrangeContract>): Promise<void> {
  const { entity, fieldIds } = body;
  const known = new Set((await lockDefinitions(ctx, entity)).map(({ id }) => id));
  if (new Set(fieldIds).size < fieldIds.length)
    throw invalidField("fieldIds", "field_twice", "A field stands there twice");
  if (fieldIds.some((id) => !known.has(id))) throw invalidField("fieldIds", "not_found", "There is no such field");
  await savePositions(ctx, fieldIds);
  ctx.emit({ type: "custom-fields.arranged", recordId: null, facts: { entity, ids: fieldIds } });
}

function about({ id, label, version }: CustomField): { recordId: string; label: string; version: number } {
  return { recordId: id, label, version };
}
