import { countCap } from "@rainmaker/contracts/endpoint";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { reachOf, type Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { ownedInSight, visibleOwners } from "#platform/scope";
import { filterCondition, readFilter } from "./filter.query.ts";
import { sortOf, type FilterDefinition, type RecordDefinition, type Sort } from "./record.ts";

export type ListQuery = {
  readonly limit?: string | undefined;
  readonly cursor?: string | undefined;
  readonly sort?: string | undefined;
  readonly count?: "capped" | "exact" | undefined;
  /** Conditions as JSON, see contracts/src/records/filters.ts. */
  readonly filter?: string | undefined;
};

export type Page<Row> = {
  readonly rows: Row[];
  readonly nextCursor: string | null;
  readonly count: number | null;
  readonly countCapped: boolean;
};

export type ListOptions<Row> = {
  readonly record: RecordDefinition;
  readonly query: ListQuery;
  readonly defaultSort: string;
  /** Values by filter name; those that are undefined do not filter. */
  readonly filters: Readonly<Record<string, string | bigint | undefined>>;
  /** Further conditions on the table, named r. */
  readonly where?: readonly RawBuilder<SqlBool>[];
  /**
   * Selects the rows of a page: given `page`, a subquery with id and sort_key in order, joins what the reply shows.
   * The result has to carry id and sort_key.
   */
  readonly select: (page: RawBuilder<unknown>) => RawBuilder<Row & Keyed>;
};

type Filtering = Pick<ListOptions<unknown>, "record" | "query" | "filters" | "where">;
type Keyed = { readonly id: string; readonly sort_key: unknown };

/**
 * A page of a list by keyset, in two steps of one statement: the ids of the page by the one index that fits sort and
 * scope, then the joins for these few rows.
 */
export async function listPage<Row>(ctx: Context, options: ListOptions<Row>): Promise<Page<Row & Keyed>> {
  const { record, query } = options;
  const limit = limitOf(query.limit);
  const sort = sortOf(record, query.sort, options.defaultSort);
  const conditions = conditionsOf(ctx, options);
  const after = readCursor(query.cursor, ["text", sort.isNullable ? "nullable" : "text", "text"]);
  checkSameSort(after, sort);
  const page = pageOf(ctx, record, sort, conditions, after, limit + 1);
  const { rows } = await options.select(page).execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    rows: shown,
    nextCursor: hasMore ? cursorOf([sort.key, keyOf(last.sort_key), last.id]) : null,
    ...(await countOf(ctx, record, sort, conditions, query.count)),
  };
}

function keyOf(key: unknown): string | null {
  if (key === null || key === undefined) return null;
  return typeof key === "bigint" ? key.toString() : JSON.parse(JSON.stringify(key));
}

function checkSameSort(after: readonly (string | null)[] | null, sort: Sort): void {
  // The first part names the order the cursor was made for; another order would skip or repeat rows.
  if (after !== null && after[0] !== sort.key) readCursor("!", []);
}

function conditionsOf(ctx: Context, { record, query, filters, where = [] }: Filtering): RawBuilder<SqlBool>[] {
  const conditions = [
    sql<SqlBool>`r.organization_id = ${ctx.actor.organizationId}`,
    sql<SqlBool>`r.deleted_at is null`,
  ];
  for (const [name, value] of Object.entries(filters)) {
    const definition = record.filters[name];
    if (value !== undefined && definition !== undefined) conditions.push(conditionOf(definition, value));
  }
  const chosen = query.filter === undefined ? [] : [filterCondition(ctx, record, readFilter(query.filter))];
  return [...conditions, ...where, ...chosen];
}

/** Only operators that row-level security lets into an index: =, <, >= and starts_with. */
function conditionOf({ column, compare, type }: FilterDefinition, value: string | bigint): RawBuilder<SqlBool> {
  const ref = sql.ref(`r.${column}`);
  const typed = sql`${value}::${sql.raw(type)}`;
  switch (compare) {
    case "equals":
      return sql<SqlBool>`${ref} = ${typed}`;
    case "from":
      return sql<SqlBool>`${ref} >= ${typed}`;
    case "to":
      return sql<SqlBool>`${ref} <= ${typed}`;
    case "contains":
      return sql<SqlBool>`${typed} = any(${ref})`;
    case "prefix":
      return sql<SqlBool>`starts_with(lower(${ref}), lower(${typed}))`;
  }
}

/** Branches of the scope, each with its own index: by owner, and by single grants; none where everything is in sight. */
function scopeBranches(ctx: Context, record: RecordDefinition): RawBuilder<SqlBool>[] {
  const reach = reachOf(ctx.actor, record.name);
  if (reach === "all") return [sql<SqlBool>`true`];
  if (reach === null) return [sql<SqlBool>`false`];
  const { organizationId, memberId } = ctx.actor;
  // One owner by equality: the index then gives the rows in order, without a sort.
  const owned =
    reach === "own" ? sql<SqlBool>`r.owner_id = ${memberId}` : ownedInSight(ctx, reach, sql.ref("r.owner_id"));
  if (!record.hasGrants) return [owned];
  const granted = sql<SqlBool>`r.id in (select g.record_id from record_grant g where g.organization_id = ${organizationId}
    and g.entity = ${record.name} and g.member_id in (${visibleOwners(ctx, reach)}))`;
  return [owned, granted];
}

/** Rows with a value come before rows without one, in both directions: each part is walked along the index. */
function sortParts(sort: Sort, after: readonly (string | null)[] | null): RawBuilder<SqlBool>[] {
  const ref = sql.ref(`r.${sort.column}`);
  const type = sql.raw(sort.type);
  const beyond = sort.isDescending ? sql`<` : sql`>`;
  const key = after?.[1] ?? null;
  const id = after?.[2] ?? null;
  const keyed =
    after === null ? sql<SqlBool>`true` : sql<SqlBool>`(${ref}, r.id) ${beyond} (${key}::${type}, ${id}::uuid)`;
  if (!sort.isNullable) return [keyed];
  const afterId = after === null || key !== null ? sql<SqlBool>`true` : sql<SqlBool>`r.id ${beyond} ${id}::uuid`;
  const withValue = sql<SqlBool>`${ref} is not null and ${keyed}`;
  const without = sql<SqlBool>`${ref} is null and ${afterId}`;
  return after !== null && key === null ? [without] : [withValue, without];
}

function orderOf(sort: Sort, alias: string): RawBuilder<unknown> {
  const direction = sort.isDescending ? sql`desc` : sql`asc`;
  const nulls = sort.isNullable ? sql` nulls last` : sql``;
  return sql`${sql.ref(`${alias}.sort_key`)} ${direction}${nulls}, ${sql.ref(`${alias}.id`)} ${direction}`;
}

function pageOf(
  ctx: Context,
  record: RecordDefinition,
  sort: Sort,
  conditions: readonly RawBuilder<SqlBool>[],
  after: readonly (string | null)[] | null,
  most: number,
): RawBuilder<unknown> {
  const column = sql.ref(`r.${sort.column}`);
  const direction = sort.isDescending ? sql`desc` : sql`asc`;
  const parts = scopeBranches(ctx, record).flatMap((scope) =>
    sortParts(sort, after).map(
      (part) => sql`(select r.id, ${column} as sort_key from ${sql.table(record.table)} r
        where ${sql.join([...conditions, scope, part], sql` and `)} order by ${column} ${direction}, r.id ${direction} limit ${most})`,
    ),
  );
  if (parts.length === 1) return parts[0] ?? sql``;
  // A record may be in sight by its owner and by a grant; it is listed once.
  return sql`(select distinct u.id, u.sort_key from (${sql.join(parts, sql` union all `)}) u order by ${orderOf(sort, "u")} limit ${most})`;
}

/** The order of a page, for the outer statement. */
export function pageOrder(record: RecordDefinition, query: ListQuery, defaultSort: string): RawBuilder<unknown> {
  return orderOf(sortOf(record, query.sort, defaultSort), "page");
}

type Counted = { readonly count: number | null; readonly countCapped: boolean };

async function countOf(
  ctx: Context,
  record: RecordDefinition,
  sort: Sort,
  conditions: readonly RawBuilder<SqlBool>[],
  wanted: ListQuery["count"],
): Promise<Counted> {
  if (wanted === undefined) return { count: null, countCapped: false };
  // Capped in the list's own order: without one, PostgreSQL may walk through other organizations' rows first.
  const cap = wanted === "capped" ? countCap + 1 : 1_000_000_000;
  const ids = pageOf(ctx, record, sort, conditions, null, cap);
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from (${ids}) counted`.execute(ctx.tx);
  const found = Number(rows[0]?.count ?? 0n);
  const countCapped = wanted === "capped" && found > countCap;
  return { count: countCapped ? countCap : found, countCapped };
}
