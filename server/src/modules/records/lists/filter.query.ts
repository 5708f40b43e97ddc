import { minorDigits } from "@rainmaker/contracts/currencies";
import { parseAmount } from "@rainmaker/contracts/money";
import {
  isGroup,
  parseFilter,
  type Condition,
  type Filter,
  type FilterRule,
} from "@rainmaker/contracts/records/filters";
import { periodOf, type Period } from "@rainmaker/contracts/records/relative-days";
import { dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { customColumn, indexedCondition } from "./custom-condition.query.ts";
import { faultOf, fieldOf } from "./filter-rules.ts";
import type { FilterField, FilterKind, RecordDefinition } from "./record.ts";

type Looking = Pick<Context, "actor" | "organization" | "now">;
type Where = RawBuilder<SqlBool>;

/** Whoever looks, with days in the calendar of where they are. */
export function lookingFrom({ actor, organization, now }: Looking, timeZone: string | undefined): Looking {
  return { actor, now, organization: timeZone === undefined ? organization : { ...organization, timeZone } };
}

/** @throws Refusal 422 where the text is no filter */
export function readFilter(text: string): Filter {
  const filter = parseFilter(text);
  if (filter === null) throw invalidField("filter", "filter_not_readable", "This is not a filter");
  return filter;
}

/** @throws Refusal 422 that names the condition a record cannot be asked */
export function checkFilter(record: RecordDefinition, filter: Filter): void {
  for (const rule of filter.rules) {
    if (isGroup(rule)) checkFilter(record, rule);
    else {
      const fault = faultOf(record, rule);
      if (fault !== null) throw invalidField("filter", "condition_broken", fault);
    }
  }
}

/**
 * The filter as a condition on the record's table, named r. It narrows the walk along the index of the list's order,
 * which ends with the page; it never widens what is in sight.
 */
export function filterCondition(ctx: Looking, record: RecordDefinition, filter: Filter): Where {
  checkFilter(record, filter);
  const indexed = indexedCondition(ctx, record, filter);
  const whole = groupCondition(ctx, record, filter);
  return indexed === null ? whole : sql<SqlBool>`(${indexed} and ${whole})`;
}

function groupCondition(ctx: Looking, record: RecordDefinition, { match, rules }: Filter): Where {
  if (rules.length === 0) return sql<SqlBool>`true`;
  const parts = rules.map((rule) => ruleCondition(ctx, record, rule));
  return sql<SqlBool>`(${sql.join(parts, match === "all" ? sql` and ` : sql` or `)})`;
}

function ruleCondition(ctx: Looking, record: RecordDefinition, rule: FilterRule): Where {
  if (isGroup(rule)) return groupCondition(ctx, record, rule);
  const field = fieldOf(record, rule.field);
  if (field === undefined) throw new RangeError(`checked filters name no ${rule.field}`);
  if (field.custom !== undefined) return condition(ctx, field, customColumn(field, field.custom), rule);
  if (field.done !== undefined) return activityCondition(ctx, field, field.done, rule);
  if (field.through === undefined) return condition(ctx, field, sql.ref(`r.${field.column}`), rule);
  const { table, key } = field.through;
  return sql<SqlBool>`${sql.ref(`r.${key}`)} in (select x.id from ${sql.table(table)} x
    where x.organization_id = ${ctx.actor.organizationId} and ${condition(ctx, field, sql.ref(`x.${field.column}`), rule)})`;
}

/**
 * Whether something was done with a record: after a day, or not since it, which includes never. What the viewer does
 * not see counts as not done.
 */
function activityCondition(
  ctx: Looking,
  field: FilterField,
  { table, key }: NonNullable<FilterField["done"]>,
  { operator, value }: Condition,
): Where {
  const at = sql.ref(`x.${field.column}`);
  const since =
    typeof value === "string" ? condition(ctx, field, at, { field: "", operator: "after", value }) : sql<SqlBool>`true`;
  const isDone = operator === "after" || operator === "filled";
  return sql<SqlBool>`${isDone ? sql`` : sql`not `}exists (select 1 from ${sql.table(table)} x
    where x.organization_id = ${ctx.actor.organizationId} and ${sql.ref(`x.${key}`)} = r.id and x.deleted_at is null and ${since})`;
}

type Compare = (ctx: Looking, field: FilterField, column: RawBuilder<unknown>, operator: string, text: string) => Where;

const comparisonsByKind: Readonly<Record<FilterKind, Compare>> = {
  text: (_ctx, _field, column, operator, text) => textCondition(column, operator, text),
  tags: (_ctx, _field, column, operator, text) =>
    sql<SqlBool>`${operator === "isNot" ? sql`not ` : sql``}(${text}::text = any(${column}))`,
  team: (ctx, _field, column, operator, text) =>
    sql<SqlBool>`${column} ${operator === "isNot" ? sql`not in` : sql`in`} (${membersOfTeam(ctx, text)})`,
  day: dayCondition,
  instant: dayCondition,
  activity: dayCondition,
  number: amountCondition,
  decimal: (_ctx, _field, column, operator, text) =>
    sql<SqlBool>`${column} ${comparisons[operator] ?? sql`=`} ${text}::numeric`,
  money: amountCondition,
  choice: equality,
  member: equality,
  record: equality,
};

function condition(
  ctx: Looking,
  field: FilterField,
  column: RawBuilder<unknown>,
  { operator, value = "" }: Condition,
): Where {
  if (operator === "empty" || operator === "filled") return presence(field, column, operator === "filled");
  if (typeof value !== "string") return anyOf(ctx, field, column, value);
  return comparisonsByKind[field.kind](ctx, field, column, operator, value);
}

function presence({ kind }: FilterField, column: RawBuilder<unknown>, isThere: boolean): Where {
  const [some, none] =
    kind === "tags"
      ? [sql<SqlBool>`cardinality(${column}) > 0`, sql<SqlBool>`cardinality(${column}) = 0`]
      : [sql<SqlBool>`${column} is not null`, sql<SqlBool>`${column} is null`];
  return isThere ? some : none;
}

/** Whoever has none is not this one either. */
function equality(
  ctx: Looking,
  field: FilterField,
  column: RawBuilder<unknown>,
  operator: string,
  text: string,
): Where {
  const given = typed(ctx, field, text);
  return operator === "isNot" ? sql<SqlBool>`${column} is distinct from ${given}` : sql<SqlBool>`${column} = ${given}`;
}

function typed({ actor }: Looking, { kind }: FilterField, text: string): RawBuilder<unknown> {
  if (kind === "member" && text === "me") return sql`${actor.memberId}::uuid`;
  return kind === "member" || kind === "record" ? sql`${text}::uuid` : sql`${text}::text`;
}

function anyOf(ctx: Looking, field: FilterField, column: RawBuilder<unknown>, values: readonly string[]): Where {
  if (field.kind === "tags") return sql<SqlBool>`${column} && ${values}::text[]`;
  if (field.kind === "text")
    return sql<SqlBool>`lower(${column}) = any(${values.map((one) => one.toLowerCase())}::text[])`;
  const isId = field.kind === "member" || field.kind === "record";
  const known = values.map((one) => (one === "me" ? ctx.actor.memberId : one));
  return sql<SqlBool>`${column} = any(${known}::${sql.raw(isId ? "uuid" : "text")}[])`;
}

function textCondition(column: RawBuilder<unknown>, operator: string, text: string): Where {
  const [own, given] = [sql`lower(${column})`, sql`lower(${text}::text)`];
  switch (operator) {
    case "startsWith":
      return sql<SqlBool>`starts_with(${own}, ${given})`;
    case "contains":
      return sql<SqlBool>`strpos(${own}, ${given}) > 0`;
    case "isNot":
      return sql<SqlBool>`${own} is distinct from ${given}`;
    default:
      return sql<SqlBool>`${own} = ${given}`;
  }
}

function dayCondition(
  ctx: Looking,
  { kind }: FilterField,
  column: RawBuilder<unknown>,
  operator: string,
  text: string,
): Where {
  const { timeZone } = ctx.organization;
  const { from, to } = periodOf(text, dayIn(timeZone, ctx.now)) as Period;
  // Instants belong to the organization's calendar day.
  const start = (day: string, later: number): RawBuilder<unknown> =>
    kind === "day"
      ? sql`(${day}::date + ${later}::integer)`
      : sql`((${day}::date + ${later}::integer)::timestamp at time zone ${timeZone}::text)`;
  if (operator === "before") return sql<SqlBool>`${column} < ${start(from, 0)}`;
  if (operator === "after") return sql<SqlBool>`${column} >= ${start(to, 1)}`;
  return sql<SqlBool>`(${column} >= ${start(from, 0)} and ${column} < ${start(to, 1)})`;
}

const comparisons: Readonly<Record<string, RawBuilder<unknown>>> = { atLeast: sql`>=`, atMost: sql`<=` };

function amountCondition(
  ctx: Looking,
  { kind }: FilterField,
  column: RawBuilder<unknown>,
  operator: string,
  text: string,
): Where {
  const amount = kind === "money" ? minorOf(ctx, text, "filter") : BigInt(text);
  return sql<SqlBool>`${column} ${comparisons[operator] ?? sql`=`} ${amount}::bigint`;
}

/** An amount of the organization's currency in minor units. @throws Refusal 422 at the path */
export function minorOf(
  { organization: { currency } }: Pick<Context, "organization">,
  text: string,
  path: string,
): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  const digits = minorDigits(currency);
  const minor = parseAmount(digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, "0")}`, currency);
  if (typeof minor === "string") throw invalidField(path, minor, "Not an amount of the organization's currency");
  return minor;
}

/** Members of a team and of the teams below it; "mine" is the viewer's own. */
function membersOfTeam({ actor }: Looking, team: string): RawBuilder<unknown> {
  const { organizationId, memberId } = actor;
  const top =
    team === "mine"
      ? sql`select m.team_id from organization.member_ref m where m.organization_id = ${organizationId} and m.id = ${memberId}`
      : sql`select ${team}::uuid`;
  return sql`with recursive branch as (
      select t.id from organization.team_ref t where t.organization_id = ${organizationId} and t.id in (${top})
      union select t.id from organization.team_ref t join branch b on t.parent_id = b.id where t.organization_id = ${organizationId}
    )
    select m.id from organization.member_ref m join branch b on m.team_id = b.id where m.organization_id = ${organizationId}`;
}
