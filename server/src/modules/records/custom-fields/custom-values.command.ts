import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import { customName, type CustomEntity } from "@rainmaker/contracts/records/custom-types";
import type { FieldError } from "@rainmaker/contracts/problem";
import { changesBetween, type Changes } from "#platform/audit";
import type { Context } from "#platform/context";
import { Refusal } from "#platform/errors";
import {
  missingIn,
  noCustom,
  refuseFaults,
  toldCustom,
  withDefaults,
  withInput,
  type CustomDocument,
  type Reached,
} from "./custom-document.ts";
import type { CustomField } from "./custom-field.ts";
import { findTaken, listOutOfSight } from "./custom-values.query.ts";
import { takeNumbers } from "./custom-values.store.ts";
import { listFields } from "./custom-fields.store.ts";

/** A record's custom fields as they are to be saved, and what of that is new. */
export type CustomChange = { readonly custom: CustomDocument; readonly changes: Changes };

type Stages = () => Promise<Reached>;
const noStages: Stages = async () => new Set();

/**
 * Custom fields of a new record: what is given, defaults, automatic numbers.
 * @param stages those it begins behind, where it has stages
 * @throws Refusal 422 that names every field that is wrong or missing, 409 where a value is taken
 */
export async function customOfNew(
  ctx: Context,
  entity: CustomEntity,
  given: CustomInput = {},
  stages: Stages = noStages,
): Promise<CustomDocument> {
  const fields = await listFields(ctx, entity);
  const read = withInput(fields, noCustom, given);
  const document = withDefaults(fields, given, read.after);
  const missing = missingIn(fields, document, await reachedBy(fields, stages));
  refuseFaults([...read.faults, ...missing.filter(({ path }) => !read.faults.some((fault) => fault.path === path))]);
  await checkValues(ctx, fields, noCustom, document, null);
  return { ...document, ...(await takeNumbers(ctx, fields)) };
}

/**
 * Custom fields of a record after a change; what nobody names stays as it is, also where it is missing.
 * @throws Refusal as customOfNew
 */
export async function customAfter(
  ctx: Context,
  entity: CustomEntity,
  { id, custom: before }: { readonly id: string; readonly custom: CustomDocument },
  given: CustomInput | undefined,
  stages: Stages = noStages,
): Promise<CustomChange> {
  if (given === undefined) return { custom: before, changes: {} };
  const fields = await listFields(ctx, entity);
  const { after, faults } = withInput(fields, before, given);
  const named = fields.filter(({ key }) => Object.hasOwn(given, key));
  const missing = missingIn(named, after, await reachedBy(named, stages));
  refuseFaults([...faults, ...missing.filter(({ path }) => !faults.some((fault) => fault.path === path))]);
  await checkValues(ctx, fields, before, after, id);
  return { custom: after, changes: changesBetween(toldCustom(fields, before), toldCustom(fields, after)) };
}

/** What a record that moves to a stage has to have by then and has not. */
export async function missingForStage(
  ctx: Context,
  entity: CustomEntity,
  document: CustomDocument,
  stages: Stages,
): Promise<FieldError[]> {
  const fields = (await listFields(ctx, entity)).filter(({ requirement }) => requirement === "stage");
  return fields.length === 0 ? [] : missingIn(fields, document, await stages());
}

async function reachedBy(fields: readonly CustomField[], stages: Stages): Promise<Reached> {
  return fields.some(({ requirement }) => requirement === "stage") ? stages() : new Set();
}

async function checkValues(
  ctx: Context,
  fields: readonly CustomField[],
  before: CustomDocument,
  after: CustomDocument,
  recordId: string | null,
): Promise<void> {
  const changed = fields.filter(({ id }) => after[id] !== undefined && after[id] !== before[id]);
  const hidden = await listOutOfSight(ctx, changed, after);
  refuseFaults(
    hidden.map(({ key }) => ({ path: customName(key), code: "not_found", message: "There is no such record" })),
  );
  const taken = await findTaken(ctx, changed, after, recordId);
  if (taken === undefined) return;
  const message = `Another record has this ${taken.label}`;
  throw new Refusal("conflict", "value_taken", message, {
    errors: [{ path: customName(taken.key), code: "value_taken", message }],
  });
}
