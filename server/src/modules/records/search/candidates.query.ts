import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Reach, ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import { actingMember, reachOf, type Context, type OrganizationFacts } from "#platform/context";
import { ownedInSight, visibleOwners, withinReach, withinReachOrGranted } from "#platform/scope";
import { amountKeys, minorAmounts } from "./amounts.ts";
import { nearWords } from "./near-words.ts";
import { decimalIn, numberIn, phoneIn, type Question } from "./question.ts";
import type { Way } from "./rank.ts";
import type { Searchable } from "./searchable.query.ts";

export type FoundRow = {
  readonly entity: string;
  readonly id: string;
  readonly number: bigint;
  readonly title: string;
  readonly subtitle: string | null;
  readonly way: Way;
  readonly is_own: boolean;
};

/** Keys read for one way to find something: a beginning of two letters is in the names of a tenth of all records. */
const mostKeys = 5000;
const mostNear = 1000;
/** Records looked at closer; more where an operator throws some of them away. */
const mostCandidates = 120;
const mostRefined = 1000;
/** Records an operator without a word lists of each kind. */
const mostListed = 20;

/**
 * The records a question may mean, by the keys alone and within the viewer's reach, as the common table `candidate`.
 * Words one slip away are looked up only where what was typed leads to fewer than are asked for.
 */
export function candidatesOf(
  ctx: Context,
  asked: readonly Searchable[],
  question: Question,
  most: number,
): RawBuilder<unknown> {
  const isRefined = question.stage !== null || question.amount !== null || question.phrases.length > 0;
  const pick = sql`select distinct on (entity, record_id) entity, record_id, way, owner_id, is_exact, place from`;
  const exact = [...keyedWays(ctx, asked, question), ...numberedWays(ctx, asked, question)];
  if (exact.length === 0) return sql`candidate as materialized (${sql.join(listed(ctx, asked, question), unionAll)})`;
  const near = nearWays(ctx, asked, question).map(
    (way) => sql`(select * from (${way}) w where (select count(*) from exact) < ${most})`,
  );
  return sql`exact as materialized (${sql.join(exact.map(branch), unionAll)}),
    candidate as materialized (
      select * from (${pick} (${sql.join([sql`(select * from exact)`, ...near], unionAll)}) f
        order by entity, record_id, is_exact desc, place) d
      order by way in ('word', 'near'), way = 'near', owner_id = ${ctx.actor.memberId} desc nulls last, is_exact desc, place, record_id desc
      limit ${isRefined ? mostRefined : mostCandidates})`;
}

const unionAll = sql` union all `;
const branch = (select: RawBuilder<unknown>): RawBuilder<unknown> => sql`(${select})`;

/** The candidates as records, with what a refined question asks of them. */
export function recordsOf(ctx: Context, asked: readonly Searchable[], question: Question): RawBuilder<unknown> {
  const selects = asked.map((searchable) => {
    const { record, subtitle } = searchable;
    const title = sql.ref(`r.${record.titleColumn}`);
    return sql`(select c.entity, r.id, r.number, coalesce(${title}::text, '') as title, (${subtitle})::text as subtitle, c.way,
      coalesce(r.owner_id = ${ctx.actor.memberId}, false) as is_own
      from candidate c join ${sql.table(record.table)} r on r.organization_id = ${ctx.actor.organizationId} and r.id = c.record_id
      where c.entity = ${record.name} and ${sql.join(conditionsOn(ctx, searchable, question), sql` and `)})`;
  });
  return sql.join(selects, unionAll);
}

/** On the row r, at the viewer's reach. */
function conditionsOn(
  ctx: Context,
  searchable: Searchable,
  { phrases, stage, amount }: Question,
): RawBuilder<SqlBool>[] {
  const { record, hasTrash, amountColumn, inStage } = searchable;
  const title = sql`app.fold(${sql.ref(`r.${record.titleColumn}`)}::text)`;
  return [
    hasTrash ? sql<SqlBool>`r.deleted_at is null` : sql<SqlBool>`true`,
    record.hasGrants
      ? withinReachOrGranted(ctx, record.name, sql.ref("r.id"), sql.ref("r.owner_id"))
      : withinReach(ctx, record.name, sql.ref("r.owner_id")),
    ...phrases.map(
      (phrase) =>
        sql<SqlBool>`position(${` ${phrase} `} in regexp_replace(' ' || ${title} || ' ', '[^[:alnum:]]+', ' ', 'g')) > 0`,
    ),
    ...(stage === null || inStage === undefined ? [] : [inStage(ctx, stage)]),
    ...(amount === null || amountColumn === undefined ? [] : [comparedTo(ctx.organization, amountColumn, amount)]),
  ];
}

const comparisons = { ">": sql`>`, ">=": sql`>=`, "<": sql`<`, "<=": sql`<=` } as const;

/** Amounts of other currencies than the organization's are compared by their own digits. */
function comparedTo(
  { currency }: OrganizationFacts,
  column: string,
  { compare, value }: NonNullable<Question["amount"]>,
): RawBuilder<SqlBool> {
  const groups = minorAmounts(value, true);
  const otherwise = groups.find(({ currencies }) => currencies.includes(currency))?.minor ?? "0";
  const cases = groups.map(
    ({ minor, currencies }) => sql`when r.currency = any(${[...currencies]}::text[]) then ${minor}::numeric`,
  );
  return sql<SqlBool>`${sql.ref(`r.${column}`)} ${comparisons[compare]} (case ${sql.join(cases, sql` `)} else ${otherwise}::numeric end)`;
}

/** A condition on the key k, and how it is found by it. */
type KeyWay = {
  readonly way: Way;
  readonly kind: string;
  readonly key: RawBuilder<SqlBool>;
  readonly exact: string;
  /** Keys that are read. */
  readonly most?: number;
};

function keyedWays(ctx: Context, asked: readonly Searchable[], question: Question): RawBuilder<unknown>[] {
  const { text, words } = question;
  const lower = text.toLowerCase();
  const compact = words.join("");
  const digits = phoneIn(text);
  const decimal = decimalIn(text);
  const isOneWord = !/\s/.test(lower);
  const ways: (KeyWay | null)[] = [
    isOneWord && lower.includes("@") ? beginning("email", "email", lower) : null,
    isOneWord && /[^.]\.[^.]/.test(lower) && !lower.includes("@") ? beginning("domain", "domain", lower) : null,
    compact.length >= 4 ? beginning("name", "name", compact.slice(0, 60)) : null,
    digits === null ? null : beginning("phone", "phone", digits),
    decimal === null
      ? null
      : { way: "amount", kind: "amount", key: sql<SqlBool>`k.key = any(${amountKeys(decimal)}::text[])`, exact: "" },
  ];
  const plain = ways.flatMap((way) => (way === null ? [] : keySelects(ctx, asked, question, way, [])));
  return [...plain, ...wordWays(ctx, asked, question)];
}

/** All words, the longest looked up first: the fewest records have it. */
function wordWays(ctx: Context, asked: readonly Searchable[], question: Question): RawBuilder<unknown>[] {
  const [first, ...others] = question.words.toSorted((a, b) => b.length - a.length);
  if (first === undefined) return [];
  return keySelects(
    ctx,
    asked,
    question,
    beginning("word", "word", first),
    others.map((word) => havingWord(ctx, begins(word, "o"))),
  );
}

function nearWays(ctx: Context, asked: readonly Searchable[], question: Question): RawBuilder<unknown>[] {
  const [first, ...others] = question.words.toSorted((a, b) => b.length - a.length);
  const near = first === undefined ? [] : nearWords(first);
  if (first === undefined || near.length === 0) return [];
  // As a subquery the words are hashed; an array is gone through for every key.
  const rest = others.map((word) =>
    havingWord(ctx, sql<SqlBool>`(${begins(word, "o")} or o.key in (select unnest(${nearWords(word)}::text[])))`),
  );
  const way = (key: RawBuilder<SqlBool>): KeyWay => ({ way: "near", kind: "word", key, exact: "", most: mostNear });
  return [
    ...keySelects(ctx, asked, question, way(sql<SqlBool>`k.key = any(${near}::text[])`), rest),
    ...(others.length === 0 ? [] : keySelects(ctx, asked, question, way(begins(first)), rest)),
  ];
}

/** As a range: starts_with walks an index only where the plan is made for this text alone. */
function begins(text: string, alias = "k"): RawBuilder<SqlBool> {
  const key = sql.ref(`${alias}.key`);
  return sql<SqlBool>`${key} >= ${text} and ${key} < ${`${text}\u{10FFFF}`}`;
}

const beginning = (way: Way, kind: string, text: string): KeyWay => ({ way, kind, key: begins(text), exact: text });

/**
 * Keys in sight: once for each reach the viewer has over some of the entities, and once more for single records that
 * they were granted sight of.
 */
function keySelects(
  ctx: Context,
  asked: readonly Searchable[],
  question: Question,
  { way, kind, key, exact, most = mostKeys }: KeyWay,
  others: readonly RawBuilder<SqlBool>[],
): RawBuilder<unknown>[] {
  const columns = sql`k.entity, k.record_id, k.owner_id, ${way}::text as way, k.key = ${exact} as is_exact, k.place`;
  const found = sql`k.organization_id = ${ctx.actor.organizationId} and k.kind = ${kind} and ${key}`;
  const refined = refinedBy(ctx, question, others);
  const groups = [...Map.groupBy(asked, ({ record }) => reachOf(ctx.actor, record.name))];
  return groups.flatMap(([reach, searchables]) => {
    if (reach === null) return [];
    const among = (some: readonly Searchable[]): RawBuilder<unknown> =>
      sql`k.entity = any(${some.map(({ record }) => record.name)}::text[])`;
    const owned = reach === "all" ? sql`true` : ownedInSight(ctx, reach, sql.ref("k.owner_id"));
    const selects = [
      sql`select ${columns} from record_key k where ${found} and ${among(searchables)} and ${owned} ${refined} limit ${most}`,
    ];
    const granted = searchables.filter(({ record }) => record.hasGrants);
    // Of what begins with two letters there is enough that is the viewer's own.
    if (reach === "all" || granted.length === 0 || exact.length === 2) return selects;
    return [
      ...selects,
      sql`select ${columns} from ${grantedKeys(ctx, reach, found, among(granted))} k where true ${refined}`,
    ];
  });
}

/** More owners than these have so many grants that going through what begins so is shorter. */
const fewGrantees = 5;

/** Keys k of records the viewer was granted sight of. */
function grantedKeys(
  ctx: Context,
  reach: Exclude<Reach, "all">,
  found: RawBuilder<unknown>,
  among: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { organizationId } = ctx.actor;
  // The alternative beside the condition has the owners hashed once; a join would look them up for every grant.
  const grantee = sql`((select false) or g.member_id in (${visibleOwners(ctx, reach)}))`;
  if (ctx.actor.ownersInSight > fewGrantees) {
    return sql`(select k.* from record_key k where ${found} and ${among} and exists (select from record_grant g
      where g.organization_id = ${organizationId} and g.entity = k.entity and g.record_id = k.record_id and ${grantee} offset 0)
      limit ${mostKeys})`;
  }
  return sql`(select k.* from (select distinct g.record_id from record_grant g
      where g.organization_id = ${organizationId} and g.member_id in (${visibleOwners(ctx, reach)})) g,
    lateral (select k.* from record_key k where k.record_id = g.record_id and ${found} and ${among} offset 0) k)`;
}

/** More conditions on the record of the key k, each asked of it alone: the words it is looked up by are the rarer ones. */
function refinedBy(
  ctx: Context,
  { without, owner }: Question,
  others: readonly RawBuilder<SqlBool>[],
): RawBuilder<unknown> {
  const conditions = [
    ...others,
    ...without.map((text) => sql<SqlBool>`not ${havingWord(ctx, begins(text, "o"))}`),
    ...(owner === null ? [] : [ownedBy(ctx, owner, sql.ref("k.owner_id"))]),
  ];
  return conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`;
}

/**
 * Whether the record of the key k has a word o.key as well. "offset 0" keeps it a look by the primary key, once per
 * record; a join would read every record that has the word.
 */
function havingWord(ctx: Context, condition: RawBuilder<SqlBool>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from record_key o where o.organization_id = ${ctx.actor.organizationId}
    and o.record_id = k.record_id and o.kind = 'word' and ${condition} offset 0)`;
}

function ownedBy(ctx: Context, owner: string, column: RawBuilder<unknown>): RawBuilder<SqlBool> {
  if (owner === "me") return sql<SqlBool>`${column} = ${actingMember(ctx)}`;
  return sql<SqlBool>`${column} in (select m.id from organization.member_ref m where m.organization_id = ${ctx.actor.organizationId}
    and position(${` ${owner}`} in ' ' || app.fold(m.name)) > 0)`;
}

/** By its number: the base tables have an index of it, a key would be one more for every record there is. */
function numberedWays(ctx: Context, asked: readonly Searchable[], question: Question): RawBuilder<unknown>[] {
  return asked.flatMap(({ record, isNumbered }) => {
    const number = isNumbered === false ? null : numberIn(record.numberPrefix, question.text);
    if (number === null) return [];
    const owned = question.owner === null ? sql`true` : ownedBy(ctx, question.owner, sql.ref("r.owner_id"));
    return [
      sql`select ${record.name}::text, r.id, r.owner_id, 'number', true, 0 from ${sql.table(record.table)} r
        where r.organization_id = ${ctx.actor.organizationId} and r.number = ${number} and ${owned}`,
    ];
  });
}

/** Operators alone: the newest they leave. */
function listed(ctx: Context, asked: readonly Searchable[], question: Question): RawBuilder<unknown>[] {
  return asked.map((searchable) => {
    const { record } = searchable;
    const owned = question.owner === null ? sql`true` : ownedBy(ctx, question.owner, sql.ref("r.owner_id"));
    const name: ScopedEntity = record.name;
    return sql`(select ${name}::text as entity, r.id as record_id, 'listed' as way, r.owner_id, true as is_exact, 0 as place
      from ${sql.table(record.table)} r where r.organization_id = ${ctx.actor.organizationId} and ${owned}
        and ${sql.join(conditionsOn(ctx, searchable, question), sql` and `)}
      order by r.id desc limit ${mostListed})`;
  });
}
