import { isGroup, type Condition, type Filter } from "@rainmaker/contracts/records/filters";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { fieldOf } from "./filter-rules.ts";
import type { CustomPlace, FilterField, FilterKind, RecordDefinition } from "./record.ts";

type Where = RawBuilder<SqlBool>;

const casts: Readonly<Partial<Record<FilterKind, RawBuilder<unknown>>>> = {
  member: sql`::uuid`,
  record: sql`::uuid`,
  decimal: sql`::numeric`,
  day: sql`::date`,
  instant: sql`::timestamptz`,
};

/** What the row r has in a custom field, typed; null where it has nothing. */
export function customColumn({ kind }: FilterField, { fieldId, isMoney }: CustomPlace): RawBuilder<unknown> {
  const id = sql`${fieldId}::text`;
  if (kind === "tags") {
    return sql`array(select jsonb_array_elements_text(case jsonb_typeof(r.custom -> ${id}) when 'array' then r.custom -> ${id} end))`;
  }
  const text = isMoney ? sql`r.custom -> ${id} ->> 'amount'` : sql`r.custom ->> ${id}`;
  return sql`(${text})${casts[kind] ?? sql``}`;
}

/**
 * A condition that one of a filter's custom fields implies and an index of the typed values answers: few rows that fit
 * among many are then found without a walk. One is enough, and more make the planner lose its way.
 */
export function indexedCondition(
  { actor }: Pick<Context, "actor">,
  record: RecordDefinition,
  { match, rules }: Filter,
): Where | null {
  if (match === "any") return null;
  for (const rule of rules) {
    if (isGroup(rule)) continue;
    const values = equalTo(rule);
    const place = values.length === 0 ? undefined : fieldOf(record, rule.field)?.custom;
    if (place?.index === undefined || values.includes("me")) continue;
    return sql<SqlBool>`r.id in (select v.record_id from custom_value v where v.organization_id = ${actor.organizationId}
      and v.field_id = ${place.fieldId}::uuid and ${isOneOf(place.index, values)})`;
  }
  return null;
}

function equalTo({ operator, value }: Condition): readonly string[] {
  if (operator === "is" && typeof value === "string") return [value];
  return operator === "in" && typeof value === "object" ? value : [];
}

function isOneOf(index: "text" | "number", values: readonly string[]): Where {
  if (index === "number") {
    return sql<SqlBool>`v.number_value = any(array(select (g::numeric * 10000)::bigint from unnest(${values}::text[]) g))`;
  }
  return sql<SqlBool>`v.text_value = any(array(select left(lower(g collate "und-x-icu"), 200) from unnest(${values}::text[]) g))`;
}
