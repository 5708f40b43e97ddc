import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { FieldError } from "@rainmaker/contracts/problem";
import { customName } from "@rainmaker/contracts/records/custom-types";
import { Refusal } from "#platform/errors";
import { isFault } from "../import/cells.ts";
import type { CustomField } from "./custom-field.ts";
import { readValue, type Stored } from "./custom-value.ts";

/** What a record has in its custom fields, by the field's id. Fields that are hidden keep what they have. */
export type CustomDocument = Readonly<Record<string, Stored>>;

export const noCustom: CustomDocument = {};

/** Stages an opportunity has reached: its own and those before it. */
export type Reached = ReadonlySet<string>;

/** The document with what is given; faults name the key. */
export function withInput(
  fields: readonly CustomField[],
  before: CustomDocument,
  given: CustomInput,
): { readonly after: CustomDocument; readonly faults: FieldError[] } {
  const after: Record<string, Stored> = { ...before };
  const faults: FieldError[] = [];
  for (const [key, input] of Object.entries(given)) {
    const field = fields.find((one) => one.key === key);
    if (field === undefined) {
      faults.push({ path: customName(key), code: "unknown_property", message: `There is no field ${key}` });
      continue;
    }
    const read = readValue(field, input, before[field.id] ?? null);
    if (isFault(read)) faults.push({ path: customName(key), ...read });
    else if (read === null) delete after[field.id];
    else after[field.id] = read;
  }
  return { after, faults };
}

/** A new record's document: what is given, and the defaults of fields that nobody named. */
export function withDefaults(
  fields: readonly CustomField[],
  given: CustomInput,
  document: CustomDocument,
): CustomDocument {
  const defaults = fields.flatMap(({ id, key, defaultValue }) =>
    defaultValue === null || Object.hasOwn(given, key) ? [] : [[id, defaultValue] as const],
  );
  return { ...Object.fromEntries(defaults), ...document };
}

/** What has to be filled and is not, for a record that has reached these stages. */
export function missingIn(fields: readonly CustomField[], document: CustomDocument, reached: Reached): FieldError[] {
  return fields
    .filter(({ id }) => document[id] === undefined)
    .filter(
      ({ requirement, requiredStageId }) =>
        requirement === "always" ||
        (requirement === "stage" && requiredStageId !== null && reached.has(requiredStageId)),
    )
    .map(({ key, label }) => ({ path: customName(key), code: "required", message: `Fill in ${label}` }));
}

/** @throws Refusal 422 that names every field that is wrong */
export function refuseFaults(faults: readonly FieldError[]): void {
  const [first] = faults;
  if (first !== undefined) throw new Refusal("invalid", "invalid_request", first.message, { errors: faults });
}

/** Values by name, as changes of a record are told: custom.trailer_type. */
export function toldCustom(fields: readonly CustomField[], document: CustomDocument): Record<string, Stored> {
  return Object.fromEntries(
    fields.flatMap(({ id, key }) => {
      const value = document[id];
      return value === undefined ? [] : [[customName(key), value] as const];
    }),
  );
}
