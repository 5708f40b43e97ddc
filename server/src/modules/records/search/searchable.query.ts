import { sql, type RawBuilder, type SqlBool } from "kysely";
import { reachOf, type Context } from "#platform/context";
import type { Provided } from "#platform/port";
import { numberOf, type RecordDefinition } from "../lists/record.ts";
import { candidatesOf, recordsOf, type FoundRow } from "./candidates.query.ts";
import { asksSomething, questionOf } from "./question.ts";
import { ranked } from "./rank.ts";

export type Found = {
  readonly entity: string;
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly subtitle: string | null;
};

/** An entity people look for. What it is found by its triggers write to record_key (app.keep_keys). */
export type Searchable = {
  readonly record: RecordDefinition;
  /** What tells records of one title apart, of the row r. */
  readonly subtitle: RawBuilder<unknown>;
  readonly hasTrash: boolean;
  /** False where the title is its number already. */
  readonly isNumbered?: boolean;
  /** Column with its amount in minor units, beside `currency`. */
  readonly amountColumn?: string;
  /** Whether the row r stands in a stage whose folded name begins so. */
  readonly inStage?: (ctx: Context, stage: string) => RawBuilder<SqlBool>;
};

const searchables: Searchable[] = [];

/** Lets an entity be found, listed in the `provides` of its module. */
export function provideSearch(searchable: Searchable): Provided {
  return { connect: () => void searchables.push(searchable), disconnect: () => void searchables.splice(0) };
}

/**
 * Finds records within the viewer's reach by the beginning of any word, number ("OPP-418", "418"), address, phone number
 * or amount, and where few are found so, by words one slip away. The best match comes first.
 */
export async function searchRecords(ctx: Context, typed: string, most: number): Promise<Found[]> {
  const question = questionOf(typed);
  if (!asksSomething(question)) return [];
  const asked = searchables.filter((searchable) => isAsked(ctx, searchable, question));
  if (asked.length === 0) return [];
  const { rows } = await sql<FoundRow>`
    with ${candidatesOf(ctx, asked, question, most)}
    select * from (${recordsOf(ctx, asked, question)}) found`.execute(ctx.tx);
  const items = rows.map(({ is_own: isOwn, ...row }) => ({ ...row, isOwn }));
  const byName = new Map(asked.map((searchable) => [searchable.record.name as string, searchable]));
  return ranked(question, items)
    .slice(0, most)
    .flatMap(({ entity, id, number, title, subtitle }) => {
      const { record, isNumbered = true } = byName.get(entity) ?? {};
      if (record === undefined) return [];
      return { entity, id, number: isNumbered ? numberOf(record, number) : null, title, subtitle };
    });
}

type Asked = ReturnType<typeof questionOf>;

/** Operators of a question leave out entities that have none of what they ask for. */
function isAsked(
  ctx: Context,
  { record, amountColumn, inStage }: Searchable,
  { types, stage, amount }: Asked,
): boolean {
  return (
    reachOf(ctx.actor, record.name) !== null &&
    (types === null || types.includes(record.name)) &&
    (stage === null || inStage !== undefined) &&
    (amount === null || amountColumn !== undefined)
  );
}
