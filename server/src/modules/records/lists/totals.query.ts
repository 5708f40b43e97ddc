import { toWire } from "@rainmaker/contracts/money";
import { mostGroups, type ListTotals } from "@rainmaker/contracts/records/totals";
import { sql, type RawBuilder } from "kysely";
import type { Context } from "#platform/context";
import { describedFor } from "../custom-fields/described-record.query.ts";
import { conditionsOf, scopeBranches, type Filtering } from "./list.query.ts";
import type { GroupField, RecordDefinition } from "./record.ts";

type Row = {
  is_whole: boolean;
  key: string | null;
  label: string | null;
  currency: string | null;
  count: bigint;
  amount: string | null;
};

/**
 * What the rows of a list come to, whole and by groups, in one statement: the same conditions and scope as its pages,
 * so that the figures are those of the rows the viewer can reach.
 */
export async function listTotals(ctx: Context, asked: Filtering, groupBy: string | undefined): Promise<ListTotals> {
  const record = await describedFor(ctx, asked);
  const filtering = { ...asked, record };
  const group = groupBy === undefined ? undefined : groupOf(record, groupBy);
  const { rows } = await sql<Row>`
    select g.*, ${group?.label === undefined ? sql`g.said` : sql`l.${sql.ref(group.label.column)}`} as label from (
      select ${sql.raw(group === undefined ? "true" : "grouping(u.key) = 1")} as is_whole,
        ${group === undefined ? sql`null` : sql`u.key`} as key, min(u.said) as said, u.currency,
        count(*) as count, sum(u.amount)::text as amount
      from (${inSight(ctx, filtering, group)}) u
      group by ${group === undefined ? sql`u.currency` : sql`grouping sets ((u.currency), (u.key, u.currency))`}
    ) g ${labelJoin(ctx, group)}
    order by g.is_whole desc, ${orderOfGroups(group)}, g.key, g.currency limit ${(mostGroups + 1) * 3}`.execute(ctx.tx);
  return toReply(rows);
}

/** Every row that is in sight and fits, once, with what it is put together by and what it adds. */
function inSight(ctx: Context, filtering: Filtering, group: GroupField | undefined): RawBuilder<unknown> {
  const { record } = filtering;
  const { money } = record;
  const conditions = conditionsOf(ctx, filtering);
  const columns = sql`r.id, ${keyOf(group)} as key, ${saidColumn(group)} as said,
    ${money === undefined ? sql`null::text` : sql`${sql.ref(`r.${money.currency}`)}::text`} as currency,
    ${money === undefined ? sql`null::bigint` : sql.ref(`r.${money.amount}`)} as amount`;
  const branches = scopeBranches(ctx, record).map(
    (scope) =>
      sql`select ${columns} from ${sql.table(record.table)} r where ${sql.join([...conditions, scope], sql` and `)}`,
  );
  return sql.join(branches, sql` union `);
}

function keyOf(group: GroupField | undefined): RawBuilder<unknown> {
  if (group === undefined) return sql`null::text`;
  const column = sql.ref(`r.${group.column}`);
  if (group.kind === "month") return sql`to_char(${column}, 'YYYY-MM')`;
  return group.kind === "text" ? sql`nullif(lower(${column}), '')` : sql`${column}::text`;
}

function saidColumn(group: GroupField | undefined): RawBuilder<unknown> {
  return group?.kind === "text" ? sql`${sql.ref(`r.${group.column}`)}::text` : sql`null::text`;
}

function labelJoin({ actor }: Context, group: GroupField | undefined): RawBuilder<unknown> {
  if (group?.label === undefined) return sql``;
  return sql`left join ${sql.table(group.label.table)} l on l.organization_id = ${actor.organizationId} and l.id = g.key::uuid`;
}

function orderOfGroups(group: GroupField | undefined): RawBuilder<unknown> {
  if (group?.label === undefined) return sql`g.key nulls last`;
  return sql`l.${sql.ref(group.label.order ?? group.label.column)} nulls last`;
}

function toReply(rows: readonly Row[]): ListTotals {
  const whole = rows.filter(({ is_whole: isWhole }) => isWhole);
  const byKey = Map.groupBy(
    rows.filter(({ is_whole: isWhole }) => !isWhole),
    ({ key }) => key,
  );
  const groups = [...byKey].map(([key, own]) => ({ key, label: own[0]?.label ?? null, ...totalOf(own) }));
  return { ...totalOf(whole), groups: groups.slice(0, mostGroups), hasMoreGroups: groups.length > mostGroups };
}

function totalOf(rows: readonly Row[]): Pick<ListTotals, "count" | "sums"> {
  return {
    count: rows.reduce((sum, { count }) => sum + Number(count), 0),
    sums: rows.flatMap(({ amount, currency }) =>
      amount === null || currency === null ? [] : [toWire(BigInt(amount), currency)],
    ),
  };
}

function groupOf({ groups = {}, name }: RecordDefinition, wanted: string): GroupField {
  const group = groups[wanted];
  if (group === undefined) throw new RangeError(`${name} has no groups by ${wanted}`);
  return group;
}
