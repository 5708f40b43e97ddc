import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import { customKeyOf, type CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { invalidField, notFound } from "#platform/errors";
import { isFault } from "../import/cells.ts";
import type { CustomDocument } from "./custom-document.ts";
import { inputOf } from "./custom-importer.ts";
import { readValue, type Stored } from "./custom-value.ts";
import { listFields } from "./custom-fields.store.ts";
import { customTargetOf } from "./custom-targets.query.ts";

export type CustomSet = {
  readonly fieldId: string;
  readonly key: string;
  /** As a record would have it; null empties the field. */
  readonly value: Stored | null;
};

/** The key of the custom field an action sets; null for every other action. */
export function keySetBy(action: BulkAction): string | null {
  return action.kind === "set" ? customKeyOf(action.field) : null;
}

/** What an action sets, read from its text as a file's cell is. @throws Refusal 422 for a field or value that cannot be */
export async function readCustomSet(
  ctx: Context,
  entity: CustomEntity,
  { field: name, value: text }: Extract<BulkAction, { kind: "set" }>,
): Promise<CustomSet> {
  const key = customKeyOf(name) ?? "";
  const field = (await listFields(ctx, entity)).find((one) => one.key === key);
  if (field === undefined || field.isUnique) {
    throw invalidField("action", "field_not_settable", `${name} cannot be set`);
  }
  const style = { decimalMark: ".", dateOrder: "ymd", currency: ctx.organization.currency } as const;
  const input = text === null || text.trim() === "" ? null : inputOf(field, text, style);
  const value = isFault(input) ? input : readValue(field, input, null);
  if (isFault(value))
    throw invalidField("action", "value_not_possible", `${name} cannot be set to this: ${value.message}`);
  return { fieldId: field.id, key, value };
}

type Had = { readonly before: CustomInput; readonly version: number; readonly isSame: boolean };

/** What a record has where an action sets a custom field. @throws Refusal 404 */
export async function customBefore(
  ctx: Context,
  entity: CustomEntity,
  recordId: string,
  { fieldId, key, value }: CustomSet,
): Promise<Had> {
  const { table } = customTargetOf(entity).record;
  const { rows } = await sql<{ custom: CustomDocument; version: number }>`
    select t.custom, t.version from ${sql.table(table)} t
    where t.organization_id = ${ctx.actor.organizationId} and t.id = ${recordId} and t.deleted_at is null`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) throw notFound(entity);
  const had = row.custom[fieldId] ?? null;
  const isSame = JSON.stringify(had) === JSON.stringify(value);
  return { before: { [key]: had as CustomInput[string] }, version: row.version, isSame };
}
