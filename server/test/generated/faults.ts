import type { Endpoint } from "@rainmaker/contracts/endpoint";
import * as z from "zod/mini";

export type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly maxLength?: number;
};

type Fields = Readonly<Record<string, unknown>>;

/** An input with one thing wrong with it, and the path that the answer has to name. */
export type Fault = { readonly why: string; readonly input: Fields; readonly path: string };

/** What a request may carry, as JSON Schema; of several forms, the one that the sample has. */
export function schemaOf(contract: Endpoint["body"], sample: Fields): Schema {
  const schema = z.toJSONSchema(contract, { io: "input" }) as Schema;
  return schema.oneOf?.find((form) => hasConstants(form, sample)) ?? schema;
}

function hasConstants({ properties = {} }: Schema, sample: Fields): boolean {
  return Object.entries(properties).every(([name, { const: only }]) => only === undefined || only === sample[name]);
}

/** Every way to spoil a good input by its schema: unknown, missing and mistyped properties, at every depth. */
export function faultsOf(schema: Schema, sample: Fields, path = ""): Fault[] {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const unknown = {
    why: `unknown property ${at("unexpected")}`,
    input: { ...sample, unexpected: "1" },
    path: at("unexpected"),
  };
  const missing = (schema.required ?? []).map((name) => {
    const { [name]: _, ...rest } = sample;
    return { why: `no ${at(name)}`, input: rest, path: at(name) };
  });
  const properties = Object.entries(schema.properties ?? {});
  const wrong = properties.flatMap(([name, inner]) =>
    wrongValues(inner).map((value) => ({
      why: `${at(name)} is ${JSON.stringify(value).slice(0, 30)}`,
      input: { ...sample, [name]: value },
      path: at(name),
    })),
  );
  const deeper = properties.flatMap(([name, inner]) => {
    const value = sample[name];
    if (inner.properties === undefined || typeof value !== "object" || value === null) return [];
    return faultsOf(inner, value as Fields, at(name)).map((fault) => ({
      ...fault,
      input: { ...sample, [name]: fault.input },
    }));
  });
  return [unknown, ...missing, ...wrong, ...deeper];
}

/** The same for what is always text: query parameters and fields beside a file. */
export function textFaultsOf(schema: Schema, sample: Fields): Fault[] {
  return faultsOf(schema, sample).filter(({ input }) =>
    Object.values(input).every((value) => typeof value === "string"),
  );
}

const candidates: readonly unknown[] = [12_345, true, [7], { not: "this" }];

function wrongValues(schema: Schema): unknown[] {
  const accepted = new Set(formsOf(schema).map(({ type }) => type ?? "string"));
  const mistyped = candidates.find((value) => !accepted.has(typeOf(value)));
  return [
    ...(mistyped === undefined ? [] : [mistyped]),
    ...(isNarrow(schema) ? ["not this"] : []),
    ...(schema.maxLength === undefined || isNarrow(schema) ? [] : ["x".repeat(schema.maxLength + 1)]),
  ];
}

function formsOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}

/** Whether text is accepted only in certain forms. */
function isNarrow(schema: Schema): boolean {
  return formsOf(schema).every(
    (form) =>
      form.type !== "string" ||
      form.enum !== undefined ||
      form.const !== undefined ||
      form.format !== undefined ||
      form.pattern !== undefined,
  );
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? "integer" : typeof value;
}

/** Properties that name a record: by id, or by a list of ids. */
export function idPropertiesOf({ properties = {} }: Schema): { name: string; isList: boolean }[] {
  const isId = ({ format }: Schema): boolean => format === "uuid";
  return Object.entries(properties)
    .map(([name, schema]) => {
      const forms = formsOf(schema);
      return { name, isId: forms.some(isId), isList: forms.some(({ items = {} }) => isId(items)) };
    })
    .filter((property) => property.isId || property.isList);
}

/** A good input that is another one; undefined where the schema leaves nothing to change. */
export function changed({ properties = {} }: Schema, sample: Fields): Fields | undefined {
  if ("seenVersion" in properties) return { ...sample, seenVersion: Number(sample["seenVersion"] ?? 0) + 1 };
  const text = Object.entries(properties).find(
    ([name, schema]) => typeof sample[name] === "string" && !isNarrow(schema),
  );
  return text === undefined ? undefined : { ...sample, [text[0]]: `${String(sample[text[0]])}, changed` };
}
