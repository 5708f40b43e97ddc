import type { CustomField as Wire, CustomSettings } from "@rainmaker/contracts/records/custom-fields";
import type { CustomEntity, CustomType } from "@rainmaker/contracts/records/custom-types";
import { isCurrency } from "@rainmaker/contracts/currencies";
import { invalidField, Refusal } from "#platform/errors";
import { isFault } from "../import/cells.ts";
import { readValue, type Stored } from "./custom-value.ts";

export type CustomOption = { readonly key: string; readonly label: string; readonly isRetired: boolean };

/** A field an organization added to its records. */
export type CustomField = {
  readonly id: string;
  readonly entity: CustomEntity;
  readonly key: string;
  readonly label: string;
  readonly type: CustomType;
  readonly section: string | null;
  readonly help: string | null;
  readonly position: number;
  readonly requirement: Wire["requirement"];
  readonly requiredStageId: string | null;
  readonly isUnique: boolean;
  readonly defaultValue: Stored | null;
  readonly settings: CustomSettings;
  readonly options: readonly CustomOption[];
  readonly version: number;
};

/** Names that programs trip over, whatever they are written in. */
const dangerous: ReadonlySet<string> = new Set(["constructor", "prototype", "hasownproperty", "tostring", "valueof"]);
const keyForm = /^[a-z][a-z0-9_]{0,39}$/;

/** @throws Refusal 422 for a key that is none */
export function checkKey(key: string): void {
  if (keyForm.test(key) && !dangerous.has(key)) return;
  throw invalidField("key", "key_not_possible", "A key is small letters, digits and _, and begins with a letter");
}

/** "Trailer type" makes trailer_type; letters of other alphabets, where none is left, make the fallback. */
export function keyOf(label: string, fallback: string): string {
  const plain = label.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const key = plain
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[_0-9]+|_+$/g, "")
    .slice(0, 40);
  return key === "" ? fallback : key;
}

const limited: Readonly<Record<keyof CustomSettings, readonly CustomType[]>> = {
  min: ["number", "percent", "money"],
  max: ["number", "percent", "money"],
  maxLength: ["text", "long_text"],
  decimals: ["number", "percent"],
  currency: ["money"],
  prefix: ["auto_number"],
  target: ["relation"],
};

const uniqueTypes: ReadonlySet<CustomType> = new Set(["text", "url", "email", "phone", "number"]);
const withoutDefault: ReadonlySet<CustomType> = new Set(["auto_number", "relation", "user"]);
const choiceTypes: ReadonlySet<CustomType> = new Set(["select", "multi_select"]);

/** @throws Refusal 422 that names what of a definition contradicts its type */
export function checkDefinition(field: CustomField): void {
  checkSettings(field);
  checkOptions(field);
  if (field.isUnique && !uniqueTypes.has(field.type)) {
    throw invalidField("isUnique", "not_applicable", "Values of this kind cannot be unique");
  }
  if (field.requirement === "stage" && field.entity !== "opportunity") {
    throw invalidField("requirement", "not_applicable", "Only opportunities have stages");
  }
  if ((field.requirement === "stage") !== (field.requiredStageId !== null)) {
    throw invalidField("requiredStageId", "required", "Say from which stage on, and only then");
  }
  if (field.requirement !== "never" && field.type === "auto_number") {
    throw invalidField("requirement", "not_applicable", "Automatic numbers are always there");
  }
  checkDefault(field);
}

function checkSettings({ type, settings }: CustomField): void {
  for (const [name, value] of Object.entries(settings)) {
    if (value != null && !limited[name as keyof CustomSettings].includes(type)) {
      throw invalidField(`settings.${name}`, "not_applicable", "Fields of this kind have no such limit");
    }
  }
  const { min, max, currency, target } = settings;
  if (min != null && max != null && min > max) {
    throw invalidField("settings.max", "below_minimum", "The largest value must not be below the smallest");
  }
  if (currency != null && !isCurrency(currency)) {
    throw invalidField("settings.currency", "currency_unknown", "Not an ISO 4217 currency code");
  }
  if (type === "relation" && target == null) {
    throw invalidField("settings.target", "required", "Say what it leads to");
  }
}

function checkOptions({ type, options }: CustomField): void {
  if (!choiceTypes.has(type)) {
    if (options.length > 0) throw invalidField("options", "not_applicable", "Only choices have values to choose from");
    return;
  }
  if (options.every(({ isRetired }) => isRetired)) {
    throw invalidField("options", "required", "Give at least one value to choose");
  }
  for (const [place, { key, label }] of options.entries()) {
    const earlier = options.slice(0, place);
    if (earlier.some((other) => other.key === key)) {
      throw invalidField(`options.${place}.key`, "option_twice", `There are two values ${key}`);
    }
    if (earlier.some((other) => other.label.toLowerCase() === label.toLowerCase())) {
      throw invalidField(`options.${place}.label`, "option_twice", `There are two values ${label}`);
    }
  }
}

function checkDefault(field: CustomField): void {
  if (field.defaultValue === null) return;
  if (field.isUnique || withoutDefault.has(field.type)) {
    throw invalidField("defaultValue", "not_applicable", "A field of this kind cannot begin with a value");
  }
  const read = readValue(field, field.defaultValue, null);
  if (isFault(read)) throw invalidField("defaultValue", read.code, read.message);
}

type GivenOption = {
  readonly key?: string | undefined;
  readonly label: string;
  readonly isRetired?: boolean | undefined;
};

/**
 * The choices as given, each with a key. One that exists is renamed or retired, never left out: records may have it.
 * @throws Refusal 422
 */
export function optionsAfter(before: readonly CustomOption[], given: readonly GivenOption[]): CustomOption[] {
  const taken = new Set(given.flatMap(({ key }) => key ?? []));
  const after = given.map(({ key, label, isRetired = false }) => {
    if (key !== undefined) return { key, label, isRetired };
    const made = freeKey(keyOf(label, "value"), taken);
    taken.add(made);
    return { key: made, label, isRetired };
  });
  const missing = before.find(({ key }) => !after.some((option) => option.key === key));
  if (missing !== undefined) {
    throw invalidField("options", "option_missing", `Retire ${missing.label} instead of leaving it out`);
  }
  return after;
}

function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) {
    const key = `${wanted.slice(0, 36)}_${count}`;
    if (!taken.has(key)) return key;
  }
}

type Other = Pick<CustomField, "id" | "key" | "label">;

/** @throws Refusal 409 where key or label is another's, or the record's own */
export function refuseTaken(field: CustomField, others: readonly Other[], reserved: ReadonlySet<string>): void {
  const rest = others.filter(({ id }) => id !== field.id);
  const clash = (path: string, code: string, message: string): Refusal =>
    new Refusal("conflict", code, message, { errors: [{ path, code, message }] });
  if (reserved.has(field.key.replaceAll("_", ""))) {
    throw clash("key", "key_reserved", `Every ${field.entity} has ${field.key} already`);
  }
  if (rest.some(({ key }) => key === field.key)) {
    throw clash("key", "key_taken", `Another field has the key ${field.key}`);
  }
  if (rest.some(({ label }) => label.toLowerCase() === field.label.toLowerCase())) {
    throw clash("label", "label_taken", `Another field is called ${field.label}`);
  }
}
