import type { createCustomField, CustomField, updateCustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { CustomEntity, CustomType } from "@rainmaker/contracts/records/custom-types";
import { draftOf, readDraft, type Draft } from "./custom-words.ts";

export type OptionDraft = {
  /** Of one that records may have already; null for a new one. */
  readonly key: string | null;
  readonly label: string;
  readonly isRetired: boolean;
};

/** What the sheet of a field edits; numbers as text, while they are typed. */
export type FieldValues = {
  readonly label: string;
  readonly type: CustomType;
  readonly section: string;
  readonly help: string;
  /** "never", "always" or the id of a stage. */
  readonly requirement: string;
  readonly isUnique: boolean;
  readonly defaultValue: Draft;
  readonly options: readonly OptionDraft[];
  readonly settings: SettingDrafts;
};

type SettingDrafts = {
  readonly min: string;
  readonly max: string;
  readonly maxLength: string;
  readonly decimals: string;
  readonly currency: string;
  readonly prefix: string;
  readonly target: CustomEntity;
};

/** What of a kind can be limited, as the sheet offers it. */
export const settingsOfType: Readonly<Partial<Record<CustomType, readonly (keyof SettingDrafts)[]>>> = {
  text: ["maxLength"],
  long_text: ["maxLength"],
  number: ["min", "max", "decimals"],
  percent: ["min", "max", "decimals"],
  money: ["currency", "min", "max"],
  auto_number: ["prefix"],
  relation: ["target"],
};

const numeric: ReadonlySet<keyof SettingDrafts> = new Set(["min", "max", "maxLength", "decimals"]);

export const isChoice = (type: CustomType): boolean => type === "select" || type === "multi_select";
export const canBeUnique = (type: CustomType): boolean => ["text", "url", "email", "phone", "number"].includes(type);
export const canBegin = ({ type, isUnique }: Pick<FieldValues, "type" | "isUnique">): boolean =>
  !isUnique && !["auto_number", "relation", "user"].includes(type);

export function valuesOf(field: CustomField | null, currency: string): FieldValues {
  const { settings, ...rest } = field ?? { ...blank, settings: {} };
  return {
    label: rest.label,
    type: rest.type,
    section: rest.section ?? "",
    help: rest.help ?? "",
    requirement: rest.requirement === "stage" ? (rest.requiredStageId ?? "never") : rest.requirement,
    isUnique: rest.isUnique,
    defaultValue: draftOf(rest, rest.defaultValue),
    options: rest.options,
    settings: {
      min: textOf(settings.min),
      max: textOf(settings.max),
      maxLength: textOf(settings.maxLength),
      decimals: textOf(settings.decimals),
      currency: settings.currency ?? currency,
      prefix: settings.prefix ?? "",
      target: settings.target ?? "customer",
    },
  };
}

const blank: Omit<
  CustomField,
  "id" | "entity" | "key" | "position" | "createdAt" | "createdBy" | "deletedAt" | "version" | "settings"
> = {
  label: "",
  type: "text",
  section: null,
  help: null,
  requirement: "never",
  requiredStageId: null,
  isUnique: false,
  defaultValue: null,
  options: [],
};

function textOf(value: number | null | undefined): string {
  return value == null ? "" : String(value);
}

/** What the values come to on the wire; what the kind does not have is left out. */
export function factsOf(values: FieldValues): Omit<BodyOf<typeof updateCustomField>, "seenVersion"> {
  const { label, type, section, help, requirement, options } = values;
  const isOfStage = requirement !== "never" && requirement !== "always";
  return {
    label,
    section: section.trim() === "" ? null : section.trim(),
    help: help.trim() === "" ? null : help.trim(),
    requirement: isOfStage ? "stage" : requirement,
    requiredStageId: isOfStage ? (requirement as never) : null,
    isUnique: canBeUnique(type) && values.isUnique,
    defaultValue: defaultOf(values),
    settings: settingsOf(values),
    ...(isChoice(type) && {
      options: options
        .filter(({ key, label: text }) => key !== null || text.trim() !== "")
        .map(({ key, ...option }) => ({ ...option, ...(key !== null && { key }) })),
    }),
  };
}

/** A new field's body: its kind and place besides. */
export function newFieldBody(entity: CustomEntity, values: FieldValues): BodyOf<typeof createCustomField> {
  return { entity, type: values.type, ...factsOf(values), label: values.label };
}

function settingsOf({ type, settings }: FieldValues): Record<string, string | number> {
  return Object.fromEntries(
    (settingsOfType[type] ?? []).flatMap((name) => {
      const text = settings[name].trim();
      if (text === "") return [];
      return [[name, numeric.has(name) ? Number(text) : text] as const];
    }),
  );
}

function defaultOf(values: FieldValues): CustomInput[string] {
  if (!canBegin(values)) return null;
  const currency = values.settings.currency;
  const read = readDraft({ type: values.type, settings: { currency } }, values.defaultValue);
  return "fault" in read ? String(values.defaultValue) : read.value;
}
