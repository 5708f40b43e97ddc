import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type {
  DuplicateEntity,
  DuplicateReason,
  listDuplicates as listContract,
  matchDuplicates as matchContract,
} from "@rainmaker/contracts/sales/duplicates";
import { sql, type RawBuilder } from "kysely";
import { numberOf } from "#modules/records";
import { permissionMissing, reachFor, type Context } from "#platform/context";
import { cursorOf, limitOf, readCursor } from "#platform/page";
import { withinReachOrGranted } from "#platform/scope";
import { contactRecord } from "../contacts/contact.ts";
import { customerRecord } from "../customers/customer.ts";
import { factsOf, listFacts, recordsByKeys } from "./duplicates.store.ts";
import { likenessOf, type Facts } from "./match.ts";

type Match = ReplyInput<typeof matchContract>["items"][number];
type Said = Omit<QueryOf<typeof matchContract>, "entity" | "recordId">;
type TwinRow = {
  id: string;
  number: bigint;
  title: string;
  subtitle: string | null;
  owner_id: string | null;
  owner_name: string | null;
  version: number;
};

const records = { customer: customerRecord, contact: contactRecord };
/** More than these nobody reads before they go on. */
const mostMatches = 5;

/**
 * Records in sight that look like what is said, or like one that is here.
 * @throws Refusal 403 where the viewer may read none of the kind
 */
export async function matchDuplicates(
  ctx: Context,
  { entity, recordId, ...said }: QueryOf<typeof matchContract>,
): Promise<Match[]> {
  requireReading(ctx, entity);
  const facts = await (recordId === undefined ? saidFacts(ctx, entity, said) : ownFacts(ctx, entity, recordId));
  if (facts === undefined) return [];
  const likely = await likelyMatches(ctx, entity, facts, recordId);
  const twins = await readTwins(ctx, entity, [recordId ?? [], ...likely.map(({ id }) => id)].flat());
  // What looks like a record that is hidden is not told either.
  if (recordId !== undefined && !twins.has(recordId)) return [];
  return likely.flatMap(({ id, score, reasons }) => {
    const twin = twins.get(id);
    return twin === undefined ? [] : [{ ...twin, score, reasons: [...reasons] }];
  });
}

type Compared = Facts & { readonly wanted: RawBuilder<unknown> };
type Likely = { readonly id: string; readonly score: number; readonly reasons: readonly DuplicateReason[] };

/** The likeliest of the organization, or as far as the transaction sees. */
export async function likelyMatches(
  ctx: Context,
  entity: DuplicateEntity,
  { wanted, ...facts }: Compared,
  except?: string,
): Promise<Likely[]> {
  const { rows } = await sql<{ record_id: string; threshold: number }>`
    select f.record_id, (select o.duplicate_score from organization o where o.id = ${ctx.actor.organizationId}) as threshold
    from (${recordsByKeys(ctx, entity, wanted)}) f`.execute(ctx.tx);
  const threshold = rows[0]?.threshold ?? 100;
  const ids = rows.map(({ record_id: id }) => id).filter((id) => id !== except);
  return (await listFacts(ctx, entity, ids))
    .map((known) => ({ id: known.id, ...likenessOf(entity, facts, known) }))
    .filter(({ score }) => score >= threshold)
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, mostMatches);
}

/** What somebody types, in the form the database compares by. */
export async function saidFacts(ctx: Context, entity: DuplicateEntity, said: Said): Promise<Compared | undefined> {
  const { name = "", email = "", phone = "", website = "", customerId } = said;
  const wanted =
    entity === "customer"
      ? sql`select k.kind, k.key from app.customer_keys(${name}::text, ${email}::text, ${phone}::text, ${website}::text) k`
      : sql`select k.kind, k.key from app.person_keys(${name}::text) k
          union all select k.kind, k.key from app.email_keys(${email}::text) k
          union all select k.kind, k.key from app.phone_keys(${phone}::text) k`;
  const { rows } = await sql<{ kind: string; key: string }>`${wanted}`.execute(ctx.tx);
  if (rows.length === 0) return undefined;
  const nameKey = rows.find(({ kind }) => kind === "name")?.key ?? "";
  return { ...factsOf(nameKey, rows, customerId === undefined ? [] : [customerId]), wanted };
}

async function ownFacts(ctx: Context, entity: DuplicateEntity, recordId: string): Promise<Compared | undefined> {
  const [facts] = await listFacts(ctx, entity, [recordId]);
  if (facts === undefined) return undefined;
  const wanted = sql`select k.kind, k.key from record_key k
    where k.organization_id = ${ctx.actor.organizationId} and k.record_id = ${recordId}::uuid`;
  return { ...facts, wanted };
}

type Twin = Omit<Match, "score" | "reasons">;

/** Those in sight, with what tells them apart. */
async function readTwins(ctx: Context, entity: DuplicateEntity, ids: readonly string[]): Promise<Map<string, Twin>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<TwinRow>`select ${twinColumns(entity, "r")} from ${sql.table(records[entity].table)} r
    left join organization.member_ref o on o.organization_id = r.organization_id and o.id = r.owner_id
    where r.organization_id = ${ctx.actor.organizationId} and r.id = any(${[...ids]}::uuid[]) and r.deleted_at is null
      and ${inSight(ctx, entity, "r")}`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, toTwin(entity, row)]));
}

function inSight(ctx: Context, entity: DuplicateEntity, row: string): RawBuilder<unknown> {
  return withinReachOrGranted(ctx, entity, sql.ref(`${row}.id`), sql.ref(`${row}.owner_id`));
}

function twinColumns(entity: DuplicateEntity, row: string): RawBuilder<unknown> {
  const of = (column: string): RawBuilder<unknown> => sql.ref(`${row}.${column}`);
  const subtitle =
    entity === "customer"
      ? sql`nullif(concat_ws(', ', ${of("email")}, ${of("phone")}, ${of("location")}), '')`
      : sql`(select nullif(string_agg(p.value, ', ' order by p.kind, p.position), '') from contact_point p
          where p.organization_id = ${of("organization_id")} and p.contact_id = ${of("id")})`;
  return sql`${of("id")}, ${of("number")}, ${of("name")}::text as title, ${subtitle} as subtitle, ${of("owner_id")}, o.name as owner_name, ${of("version")}`;
}

function toTwin(entity: DuplicateEntity, row: TwinRow): Twin {
  const { id, title, subtitle, version } = row;
  const owner = row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" };
  return { id, number: numberOf(records[entity], row.number), title, subtitle, owner, version };
}

type PairRow = {
  low_id: string;
  high_id: string;
  score: number;
  reasons: DuplicateReason[];
  low: TwinRow;
  high: TwinRow;
};

/**
 * Pairs of which the viewer sees both, the likeliest first.
 * @throws Refusal 403 where the viewer may read none of the kind
 */
export async function listDuplicates(
  ctx: Context,
  { entity, ...query }: QueryOf<typeof listContract>,
): Promise<ReplyInput<typeof listContract>> {
  requireReading(ctx, entity);
  const limit = limitOf(query.limit);
  const after = readCursor(query.cursor, ["text", "text", "text"]);
  const twin = (row: string): RawBuilder<unknown> => sql`join lateral (select to_jsonb(t) as twin from (
      select ${twinColumns(entity, "r")} from ${sql.table(records[entity].table)} r
      left join organization.member_ref o on o.organization_id = r.organization_id and o.id = r.owner_id
      where r.organization_id = p.organization_id and r.id = ${sql.ref(`p.${row}_id`)} and r.deleted_at is null
        and ${inSight(ctx, entity, "r")}) t) ${sql.ref(`${row}_of`)} on true`;
  const from =
    after === null
      ? sql`true`
      : sql`(-p.score, p.low_id, p.high_id) > (-${after[0]}::int, ${after[1]}::uuid, ${after[2]}::uuid) and p.score <= ${after[0]}::int`;
  const { rows } = await sql<PairRow>`
    select p.low_id, p.high_id, p.score, p.reasons, low_of.twin as low, high_of.twin as high
    from duplicate_pair p ${twin("low")} ${twin("high")}
    where p.organization_id = ${ctx.actor.organizationId} and p.entity = ${entity} and p.dismissed_at is null and ${from}
    order by p.score desc, p.low_id, p.high_id limit ${limit + 1}`.execute(ctx.tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ score, reasons, low, high }) => ({
      score,
      reasons,
      records: [toTwin(entity, low), toTwin(entity, high)],
    })),
    nextCursor:
      rows.length > limit && last !== undefined ? cursorOf([String(last.score), last.low_id, last.high_id]) : null,
  };
}

function requireReading(ctx: Context, entity: DuplicateEntity): void {
  if (reachFor(ctx.actor, `${entity}.read`) === null) throw permissionMissing(`${entity}.read`);
}
