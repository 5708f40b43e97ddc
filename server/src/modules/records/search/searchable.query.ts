import { sql, type RawBuilder, type SqlBool } from "kysely";
import { reachOf, type Context } from "#platform/context";
import type { Provided } from "#platform/port";
import { withinReach, withinReachOrGranted } from "#platform/scope";
import { numberOf, type RecordDefinition } from "../lists/record.ts";

export type Found = {
  readonly entity: string;
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly subtitle: string | null;
};

/** An entity people look for by number and title. */
export type Searchable = {
  readonly record: RecordDefinition;
  /** What tells records of one title apart, of the row r. */
  readonly subtitle: RawBuilder<unknown>;
  readonly hasTrash: boolean;
  /** False where the title is its number already. */
  readonly isNumbered?: boolean;
  /** Another way to find it than by the beginning of its title, of the row r. */
  readonly matches?: (ctx: Context, text: string) => RawBuilder<SqlBool>;
};

const searchables: Searchable[] = [];

/** Lets an entity be found, listed in the `provides` of its module. */
export function provideSearch(searchable: Searchable): Provided {
  return { connect: () => void searchables.push(searchable), disconnect: () => void searchables.splice(0) };
}

/**
 * Finds records by the beginning of their title, or by number ("OPP-418", "418"), within the viewer's reach. The most
 * recently made of each entity come first.
 */
export async function searchRecords(ctx: Context, text: string, most: number): Promise<Found[]> {
  // Longer words find nothing more; a cut word costs nothing.
  const wanted = text.trim().slice(0, 200);
  if (wanted.length < 2) return [];
  const visible = searchables.filter(({ record }) => reachOf(ctx.actor, record.name) !== null);
  if (visible.length === 0) return [];
  const parts = visible.map((searchable) => sql`(${partOf(ctx, searchable, wanted, most)})`);
  const { rows } = await sql<{ entity: string; id: string; number: bigint; title: string; subtitle: string | null }>`
    select * from (${sql.join(parts, sql` union all `)}) found limit ${most * 4}`.execute(ctx.tx);
  const found = rows.map(({ entity, id, number, title, subtitle }): Found => {
    const found = visible.find(({ record }) => record.name === entity);
    const isNumbered = found !== undefined && found.isNumbered !== false;
    return { entity, id, number: isNumbered ? numberOf(found.record, number) : null, title, subtitle };
  });
  return interleave(visible.map(({ record }) => found.filter(({ entity }) => entity === record.name))).slice(0, most);
}

function partOf(
  ctx: Context,
  { record, subtitle, hasTrash, matches: others }: Searchable,
  text: string,
  most: number,
): RawBuilder<unknown> {
  const title = sql.ref(`r.${record.titleColumn}`);
  const inSight = record.hasGrants
    ? withinReachOrGranted(ctx, record.name, sql.ref("r.id"), sql.ref("r.owner_id"))
    : withinReach(ctx, record.name, sql.ref("r.owner_id"));
  const number = numberIn(record, text);
  const byText =
    others?.(ctx, text) ??
    sql<SqlBool>`starts_with(lower(${title} collate "und-x-icu") collate "C", lower(${text} collate "und-x-icu") collate "C")`;
  const matches = number === null ? byText : sql<SqlBool>`(${byText} or r.number = ${number})`;
  const live = hasTrash ? sql<SqlBool>`r.deleted_at is null` : sql<SqlBool>`true`;
  return sql`select ${record.name}::text as entity, r.id, r.number, coalesce(${title}::text, '') as title, (${subtitle})::text as subtitle
    from ${sql.table(record.table)} r where r.organization_id = ${ctx.actor.organizationId} and ${live} and ${inSight} and ${matches}
    order by r.created_at desc, r.id desc limit ${most}`;
}

/** The number in "OPP-418", "opp 418" or "418"; null where the text is none, or one of another entity. */
function numberIn({ numberPrefix }: RecordDefinition, text: string): bigint | null {
  const match = /^(?:([a-z]+)[-\s]?)?(\d{1,15})$/i.exec(text);
  if (match === null) return null;
  const [, prefix, digits = "0"] = match;
  return prefix === undefined || prefix.toUpperCase() === numberPrefix ? BigInt(digits) : null;
}

/** The first of each, then the second of each: one entity with many matches does not hide the others. */
function interleave<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list[index] ?? [])).flat();
}
