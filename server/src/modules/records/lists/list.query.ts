import { countCap } from "@rainmaker/contracts/endpoint";
import { customKeyOf } from "@rainmaker/contracts/records/custom-types";
import { keysOfSort } from "@rainmaker/contracts/records/sorts";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { reachOf, type Context } from "#platform/context";
import { limitOf } from "#platform/page";
import { ownedInSight, visibleOwners } from "#platform/scope";
import { describedFor } from "../custom-fields/described-record.query.ts";
import { filterCondition, lookingFrom, readFilter } from "./filter.query.ts";
import {
  cursorAfter,
  orderJoins,
  orderOf,
  sortColumns,
  sortNames,
  startOf,
  walkOrder,
  walkParts,
  type Start,
} from "./order.query.ts";
import { orderFrom, type FilterDefinition, type Order, type RecordDefinition, type SortDefinition } from "./record.ts";

export type ListQuery = {
  readonly limit?: string | undefined;
  readonly cursor?: string | undefined;
  readonly sort?: string | undefined;
  readonly count?: "capped" | "exact" | undefined;
  /** Conditions as JSON, see contracts/src/records/filters.ts. */
  readonly filter?: string | undefined;
  /** Whose calendar its days are of; the organization's unless given. */
  readonly timeZone?: string | undefined;
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

/** Which rows a list is of. */
export type Filtering = Pick<ListOptions<unknown>, "record" | "query" | "filters" | "where">;
type Keyed = { readonly id: string; readonly sort_key: unknown };

/**
 * A page of a list by keyset, in two steps of one statement: the ids of the page by the one index that fits sort and
 * scope, then the joins for these few rows.
 */
export async function listPage<Row>(ctx: Context, options: ListOptions<Row>): Promise<Page<Row & Keyed>> {
  const { query, defaultSort } = options;
  const record = await describedFor(ctx, options);
  const limit = limitOf(query.limit);
  const order = orderFrom(record, query.sort, defaultSort);
  const walk = { record, order, conditions: conditionsOf(ctx, { ...options, record }) };
  const page = pageOf(ctx, walk, startOf(query.cursor, order), limit + 1);
  const { rows } = await options.select(page).execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    rows: shown,
    nextCursor: hasMore ? cursorAfter(order, last.sort_key, last.id) : null,
    ...(await countOf(ctx, walk, query.count)),
  };
}

/** Conditions on the record's table, named r, but for the viewer's scope. */
export function conditionsOf(ctx: Context, { record, query, filters, where = [] }: Filtering): RawBuilder<SqlBool>[] {
  const conditions = [
    sql<SqlBool>`r.organization_id = ${ctx.actor.organizationId}`,
    sql<SqlBool>`r.deleted_at is null`,
  ];
  for (const [name, value] of Object.entries(filters)) {
    const definition = record.filters[name];
    if (value !== undefined && definition !== undefined) conditions.push(conditionOf(definition, value));
  }
  const chosen =
    query.filter === undefined
      ? []
      : [filterCondition(lookingFrom(ctx, query.timeZone), record, readFilter(query.filter))];
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
export function scopeBranches(ctx: Context, record: RecordDefinition): RawBuilder<SqlBool>[] {
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

type Walk = Pick<ListOptions<unknown>, "record"> & {
  readonly order: Order;
  readonly conditions: readonly RawBuilder<SqlBool>[];
};

function pageOf(
  ctx: Context,
  { record, order, conditions }: Walk,
  start: Start | null,
  most: number,
): RawBuilder<unknown> {
  const parts = scopeBranches(ctx, record).flatMap((scope) =>
    walkParts(order, start).map(
      (part) => sql`(select r.id, ${sortColumns(order)} from ${sql.table(record.table)} r ${orderJoins(order)}
        where ${sql.join([...conditions, scope, part], sql` and `)} order by ${walkOrder(order)} limit ${most})`,
    ),
  );
  if (parts.length === 1) return parts[0] ?? sql``;
  // A record may be in sight by its owner and by a grant; it is listed once.
  return sql`(select distinct u.id, ${sortNames(order, "u")} from (${sql.join(parts, sql` union all `)}) u
    order by ${orderOf(order, "u")} limit ${most})`;
}

/** Of a custom field the outer statement has to know no more. */
const anyCustom: SortDefinition = { column: "custom", type: "text", isNullable: true };

/** The order of a page, for the outer statement. */
export function pageOrder(record: RecordDefinition, query: ListQuery, defaultSort: string): RawBuilder<unknown> {
  const custom = keysOfSort(query.sort ?? defaultSort).flatMap(({ key }) => (customKeyOf(key) === null ? [] : [key]));
  const sorts = { ...Object.fromEntries(custom.map((key) => [key, anyCustom])), ...record.sorts };
  return orderOf(orderFrom({ ...record, sorts }, query.sort, defaultSort), "page");
}

type Counted = { readonly count: number | null; readonly countCapped: boolean };

async function countOf(ctx: Context, walk: Walk, wanted: ListQuery["count"]): Promise<Counted> {
  if (wanted === undefined) return { count: null, countCapped: false };
  // Capped in the list's own order: without one, PostgreSQL may walk through other organizations' rows first.
  const cap = wanted === "capped" ? countCap + 1 : 1_000_000_000;
  const ids = pageOf(ctx, walk, null, cap);
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from (${ids}) counted`.execute(ctx.tx);
  const found = Number(rows[0]?.count ?? 0n);
  const countCapped = wanted === "capped" && found > countCap;
  return { count: countCapped ? countCap : found, countCapped };
}
