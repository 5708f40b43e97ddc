import { sql, type RawBuilder, type SqlBool } from "kysely";
import { cursorOf, readCursor } from "#platform/page";
import type { Order, SortPart } from "./record.ts";

/** Where a page starts: the values of the keys in the last row before it, then its id. */
export type Start = readonly (string | null)[];

/** @throws Refusal 400 for a cursor of another order, which would skip or repeat rows */
export function startOf(cursor: string | undefined, { text, parts }: Order): Start | null {
  const kinds = parts.map(({ isNullable }) => (isNullable ? "nullable" : "text"));
  const values = readCursor(cursor, ["text", ...kinds, "text"]);
  if (values === null) return null;
  if (values[0] !== text) readCursor("!", []);
  return values.slice(1);
}

/** @param sortKey of the last row: the value of the one key, or those of several as texts */
export function cursorAfter({ text, parts }: Order, sortKey: unknown, id: string): string {
  const keys = parts.length === 1 ? [keyOf(sortKey)] : (sortKey as (string | null)[]);
  return cursorOf([text, ...keys, id]);
}

function keyOf(key: unknown): string | null {
  if (key === null || key === undefined) return null;
  return typeof key === "bigint" ? key.toString() : JSON.parse(JSON.stringify(key));
}

/** Typed values of custom fields stand beside the record, under the name of the field. */
const aliasOf = ({ key }: SortPart): string => key.replaceAll(".", "_");

function columnOf(part: SortPart): RawBuilder<unknown> {
  return sql.ref(`${part.fieldId === undefined ? "r" : aliasOf(part)}.${part.column}`);
}

/** Joins of the custom fields an order has keys of, to the record named r. */
export function orderJoins({ parts }: Order): RawBuilder<unknown> {
  const joins = parts.flatMap((part) => {
    if (part.fieldId === undefined) return [];
    const alias = sql.ref(aliasOf(part));
    return sql`left join custom_value ${alias} on ${alias}.organization_id = r.organization_id and ${alias}.record_id = r.id
      and ${alias}.field_id = ${part.fieldId}::uuid and ${alias}.position = 0`;
  });
  return joins.length === 0 ? sql`` : sql.join(joins, sql` `);
}

/** What a page selects beside the id: its sort_key, and where several keys order it those as sort_1, sort_2, ... */
export function sortColumns({ parts }: Order): RawBuilder<unknown> {
  const columns = parts.map(columnOf);
  const [only] = columns;
  if (columns.length === 1) return sql`${only} as sort_key`;
  const texts = columns.map((column) => sql`${column}::text`);
  const named = columns.map((column, place) => sql`${column} as ${sql.ref(orderName(place))}`);
  return sql`jsonb_build_array(${sql.join(texts)}) as sort_key, ${sql.join(named)}`;
}

/** Names of what sortColumns selects. */
export function sortNames({ parts }: Order, alias: string): RawBuilder<unknown> {
  const names = parts.length === 1 ? ["sort_key"] : ["sort_key", ...parts.map((_, place) => orderName(place))];
  return sql.join(names.map((name) => sql.ref(`${alias}.${name}`)));
}

const orderName = (place: number): string => `sort_${place + 1}`;
const direction = ({ isDescending }: SortPart): RawBuilder<unknown> => (isDescending ? sql`desc` : sql`asc`);

/** The order of selected rows. Rows without a value stand last in both directions. */
export function orderOf({ parts }: Order, alias: string): RawBuilder<unknown> {
  const by = parts.map((part, place) => {
    const name = parts.length === 1 ? "sort_key" : orderName(place);
    return sql`${sql.ref(`${alias}.${name}`)} ${direction(part)}${part.isNullable ? sql` nulls last` : sql``}`;
  });
  return sql`${sql.join(by)}, ${sql.ref(`${alias}.id`)} ${direction(lastOf(parts))}`;
}

/**
 * The order within a part of the walk. By its first key as the index has it, which the part holds to rows with a value
 * or to rows without; PostgreSQL then sorts only what that key leaves equal.
 */
export function walkOrder({ parts }: Order): RawBuilder<unknown> {
  const by = parts.map((part, place) => {
    const nulls = place > 0 && part.isNullable ? sql` nulls last` : sql``;
    return sql`${columnOf(part)} ${direction(part)}${nulls}`;
  });
  return sql`${sql.join(by)}, r.id ${direction(lastOf(parts))}`;
}

function lastOf(parts: readonly SortPart[]): SortPart {
  const last = parts.at(-1);
  if (last === undefined) throw new RangeError("an order has a key");
  return last;
}

/** Rows with a value of the first key come before rows without one: each part is walked along the index. */
export function walkParts({ parts }: Order, start: Start | null): RawBuilder<SqlBool>[] {
  const [first] = parts;
  if (first === undefined) throw new RangeError("an order has a key");
  const ref = columnOf(first);
  const keyed = start === null ? sql<SqlBool>`true` : beyondValue(parts, start);
  if (!first.isNullable) return [keyed];
  const isPast = start !== null && start[0] === null;
  const rest = isPast ? beyond(parts, start, 1) : sql<SqlBool>`true`;
  const withValue = sql<SqlBool>`${ref} is not null and ${keyed}`;
  const without = sql<SqlBool>`${ref} is null and ${rest}`;
  return isPast ? [without] : [withValue, without];
}

/** After the start, where both have a value of the first key. */
function beyondValue(parts: readonly SortPart[], start: Start): RawBuilder<SqlBool> {
  const [first, ...others] = parts as [SortPart, ...SortPart[]];
  const ref = columnOf(first);
  const value = valueOf(first, start[0] ?? null);
  const than = first.isDescending ? sql`<` : sql`>`;
  if (others.length === 0 && first.fieldId === undefined)
    return sql<SqlBool>`(${ref}, r.id) ${than} (${value}, ${start[1]}::uuid)`;
  // The first comparison is the one an index walks by.
  return sql<SqlBool>`${ref} ${than}= ${value} and (${ref} ${than} ${value} or ${beyond(parts, start, 1)})`;
}

/** After the start by the keys from this place on, where those before are equal. */
function beyond(parts: readonly SortPart[], start: Start, place: number): RawBuilder<SqlBool> {
  const part = parts[place];
  if (part === undefined) {
    const than = lastOf(parts).isDescending ? sql`<` : sql`>`;
    return sql<SqlBool>`r.id ${than} ${start[place]}::uuid`;
  }
  const ref = columnOf(part);
  const rest = beyond(parts, start, place + 1);
  const given = start[place] ?? null;
  if (given === null) return sql<SqlBool>`(${ref} is null and ${rest})`;
  const value = valueOf(part, given);
  const than = part.isDescending ? sql`<` : sql`>`;
  const orNull = part.isNullable ? sql` or ${ref} is null` : sql``;
  return sql<SqlBool>`(${ref} ${than} ${value}${orNull} or (${ref} = ${value} and ${rest}))`;
}

function valueOf({ type }: SortPart, value: string | null): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(type)}`;
}
