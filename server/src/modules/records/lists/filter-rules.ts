import { isGroup, type Condition, type Filter, type FilterOperator } from "@rainmaker/contracts/records/filters";
import { periodOf } from "@rainmaker/contracts/records/relative-days";
import type { FilterField, FilterKind, RecordDefinition } from "./record.ts";

const empties: readonly FilterOperator[] = ["empty", "filled"];
const of = (...operators: FilterOperator[]): readonly FilterOperator[] => [...operators, ...empties];

const operators: Readonly<Record<FilterKind, readonly FilterOperator[]>> = {
  text: of("is", "isNot", "in", "startsWith", "contains"),
  choice: of("is", "isNot", "in"),
  member: of("is", "isNot", "in"),
  team: ["is", "isNot"],
  record: of("is", "isNot", "in"),
  tags: of("is", "isNot", "in"),
  day: of("is", "before", "after"),
  instant: of("is", "before", "after"),
  number: of("is", "atLeast", "atMost"),
  money: of("is", "atLeast", "atMost"),
  decimal: of("is", "atLeast", "atMost"),
  activity: of("before", "after"),
};

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A field of any record: which ones a selection names. */
const idField: FilterField = { column: "id", kind: "record" };

export function fieldOf(record: RecordDefinition, name: string): FilterField | undefined {
  if (name === "id") return idField;
  return record.fields !== undefined && Object.hasOwn(record.fields, name) ? record.fields[name] : undefined;
}

/** Names of a filter's fields that the record does not have (any more), each once. */
export function unknownFields(record: RecordDefinition, filter: Filter): string[] {
  const names = filter.rules.flatMap((rule) => (isGroup(rule) ? unknownFields(record, rule) : [rule.field]));
  return [...new Set(names)].filter((name) => fieldOf(record, name) === undefined);
}

/** What is wrong with a condition, as a sentence; null where nothing is. */
export function faultOf(record: RecordDefinition, { field: name, operator, value }: Condition): string | null {
  const field = fieldOf(record, name);
  if (field === undefined) return `There is no field ${name} to filter by`;
  if (!operators[field.kind].includes(operator)) return `${name} cannot be compared by ${operator}`;
  if (empties.includes(operator)) return value === undefined ? null : `${name} takes no value with ${operator}`;
  if (operator === "in") {
    const isGood = Array.isArray(value) && value.length > 0 && value.every((one) => fits(field, one));
    return isGood ? null : `${name} needs a list of values`;
  }
  return typeof value === "string" && fits(field, value) ? null : `${name} cannot be compared with this value`;
}

const isId = (value: string, word: string): boolean => value === word || uuid.test(value);
const isDay = (value: string): boolean => periodOf(value, "2026-01-01") !== undefined;
const isText = (value: string): boolean => value !== "" && !value.includes("\0");

const accepts: Readonly<Record<FilterKind, (value: string, field: FilterField) => boolean>> = {
  text: isText,
  tags: isText,
  choice: (value, { choices = [] }) => choices.includes(value),
  member: (value) => isId(value, "me"),
  team: (value) => isId(value, "mine"),
  record: (value) => uuid.test(value),
  day: isDay,
  instant: isDay,
  activity: isDay,
  number: (value) => /^-?\d{1,9}$/.test(value),
  decimal: (value) => /^-?\d{1,14}(\.\d{1,4})?$/.test(value),
  money: (value) => /^\d{1,12}(\.\d{1,3})?$/.test(value),
};

function fits(field: FilterField, value: string): boolean {
  return accepts[field.kind](value, field);
}
