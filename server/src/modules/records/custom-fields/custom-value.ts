import type { CustomSettings } from "@rainmaker/contracts/records/custom-fields";
import type { CustomType } from "@rainmaker/contracts/records/custom-types";
import { parseAmount, type WireMoney } from "@rainmaker/contracts/money";
import { readDate, readEmail, type CellFault } from "../import/cells.ts";

/** A value as it is kept: text, number, choice keys; money with its currency; people and records by id. */
export type Stored = string | number | boolean | readonly string[] | WireMoney;

/** What of a definition decides about its values. */
export type ValueRules = {
  readonly type: CustomType;
  readonly settings: CustomSettings;
  readonly options: readonly { readonly key: string; readonly label: string; readonly isRetired: boolean }[];
};

type Read = Stored | null | CellFault;
type Reader = (rules: ValueRules, input: unknown, current: Stored | null) => Read;

const fault = (code: string, message: string): CellFault => ({ code, message });
const wrongKind = (message: string): CellFault => fault("value_not_possible", message);

const longest = { text: 500, long_text: 10_000 } as const;
const idForm = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const readers: Readonly<Record<CustomType, Reader>> = {
  text: (rules, input) => textValue(input, rules.settings.maxLength ?? longest.text, longest.text),
  long_text: (rules, input) => textValue(input, rules.settings.maxLength ?? longest.long_text, longest.long_text),
  number: (rules, input) => numberValue(rules, input, 4),
  percent: (rules, input) => numberValue(rules, input, 2),
  money: moneyValue,
  date: (_, input) => dayValue(input),
  datetime: (_, input) => instantValue(input),
  select: choiceValue,
  multi_select: choicesValue,
  boolean: (_, input) => (typeof input === "boolean" ? input : wrongKind("Say true or false")),
  url: (_, input) => urlValue(input),
  email: (_, input) => emailValue(input),
  phone: (_, input) => phoneValue(input),
  user: (_, input) => idValue(input),
  relation: (_, input) => idValue(input),
  auto_number: () => fault("read_only", "This number is given automatically"),
};

/**
 * Reads what somebody gives for a field. An empty text is none.
 * @param current what the record has: a choice that was retired meanwhile may stay
 */
export function readValue(rules: ValueRules, input: unknown, current: Stored | null): Read {
  if (input === null || (typeof input === "string" && input.trim() === "")) {
    return rules.type === "auto_number" ? readers.auto_number(rules, input, current) : null;
  }
  return readers[rules.type](rules, input, current);
}

function textValue(input: unknown, most: number, own: number): Read {
  if (typeof input !== "string") return wrongKind("Write it as text");
  const text = input.trim();
  if (text.includes("\0")) return wrongKind("This text has a character that cannot be kept");
  const allowed = Math.min(most, own);
  return text.length > allowed ? fault("too_big", `At most ${allowed} characters`) : text;
}

function numberValue({ settings: { decimals, min, max } }: ValueRules, input: unknown, mostDecimals: number): Read {
  if (typeof input !== "number" || !Number.isFinite(input)) return wrongKind("Write it as a number");
  const allowed = Math.min(decimals ?? mostDecimals, mostDecimals);
  if (Math.abs(input) > 1e11) return fault("out_of_range", "At most 100,000,000,000");
  if (Number(input.toFixed(allowed)) !== input) {
    return fault("too_many_decimals", allowed === 0 ? "Whole numbers only" : `At most ${allowed} decimals`);
  }
  return withinLimits(input, min, max) ?? input;
}

function withinLimits(value: number, min: number | null | undefined, max: number | null | undefined): CellFault | null {
  if (min != null && value < min) return fault("too_small", `At least ${min}`);
  if (max != null && value > max) return fault("too_big", `At most ${max}`);
  return null;
}

/** Small enough that ten thousandths of the currency's unit are an integer of the database. */
const mostWhole = 14;

function moneyValue({ settings: { currency, min, max } }: ValueRules, input: unknown): Read {
  const { amount, currency: given } = (typeof input === "object" ? input : {}) as Partial<WireMoney>;
  if (typeof amount !== "string" || typeof given !== "string")
    return wrongKind("Write it as an amount with a currency");
  if (currency != null && given !== currency)
    return fault("currency_mismatch", `Amounts of this field are in ${currency}`);
  const minor = parseAmount(amount, given);
  if (typeof minor === "string") return fault(minor, "Not an amount of this currency");
  if ((amount.split(".")[0] ?? "").replace("-", "").length > mostWhole)
    return fault("out_of_range", "This is too much");
  return withinLimits(Number(amount), min, max) ?? { amount, currency: given };
}

function dayValue(input: unknown): Read {
  if (typeof input !== "string" || !/^\d{4}-\d\d-\d\d$/.test(input)) return wrongKind("Write a day as YYYY-MM-DD");
  const day = readDate(input, { decimalMark: ".", dateOrder: undefined, currency: "USD" });
  return typeof day === "bigint" ? null : day;
}

function instantValue(input: unknown): Read {
  const at = typeof input === "string" && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(input) ? Date.parse(input) : NaN;
  const year = Number.isNaN(at) ? 0 : new Date(at).getUTCFullYear();
  return year < 1900 || year > 2200
    ? wrongKind("Write an instant as YYYY-MM-DDTHH:MM:SSZ")
    : new Date(at).toISOString();
}

function choiceValue({ options }: ValueRules, input: unknown, current: Stored | null): Read {
  const option = options.find(({ key }) => key === input);
  if (option === undefined) return fault("option_unknown", "This is none of the values to choose from");
  if (option.isRetired && current !== input) return fault("option_retired", `${option.label} is not used any more`);
  return option.key;
}

function choicesValue(rules: ValueRules, input: unknown, current: Stored | null): Read {
  if (!Array.isArray(input)) return wrongKind("Give a list of values");
  const had: readonly unknown[] = Array.isArray(current) ? current : [];
  for (const one of input) {
    const read = choiceValue(rules, one, had.includes(one) ? one : null);
    if (typeof read !== "string") return read;
  }
  const chosen = rules.options.flatMap(({ key }) => (input.includes(key) ? key : []));
  return chosen.length === 0 ? null : chosen;
}

function urlValue(input: unknown): Read {
  if (typeof input !== "string") return wrongKind("Write it as text");
  const text = input.trim();
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (text.length > 500) return fault("too_big", "At most 500 characters");
  const isAddress = /^https?:\/\/[^\s/?#@]+\.[^\s/?#@.]+([/?#]\S*)?$/i.test(full) && URL.canParse(full);
  return isAddress ? full : fault("invalid_url", "Not a web address");
}

function emailValue(input: unknown): Read {
  const read = typeof input === "string" ? readEmail(input) : wrongKind("Write it as text");
  return typeof read === "bigint" ? null : read;
}

function phoneValue(input: unknown): Read {
  const text = textValue(input, 40, 40);
  return typeof text === "string" && !/\d/.test(text) ? fault("invalid_phone", "A number has digits") : text;
}

function idValue(input: unknown): Read {
  return typeof input === "string" && idForm.test(input) ? input.toLowerCase() : wrongKind("Name it by its id");
}
