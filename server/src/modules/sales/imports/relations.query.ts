import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import type { Proposal, ValueCount } from "#modules/records";
import { holds, type Context } from "#platform/context";
import { withinReachOrGranted } from "#platform/scope";

/** What a relation's values are compared with, and whether the actor may make new ones. */
type Relation = {
  readonly field: string;
  /** Rows of value, id, label and is_exact: the records that the values `v` (value, key) may mean. */
  readonly candidates: (ctx: Context) => RawBuilder<unknown>;
  readonly mayCreate: (ctx: Context) => boolean;
};

const relations = (options: ImportOptions): readonly Relation[] => [
  { field: "customer", candidates: customersMeant, mayCreate: (ctx) => holds(ctx.actor, "customer.create") },
  {
    field: "product",
    candidates: (ctx) =>
      sql`select v.value, t.id, t.name::text as label, lower(t.name) = lower(v.value) as is_exact
        from v join product t on t.organization_id = ${ctx.actor.organizationId} and t.name_key = v.key`,
    mayCreate: (ctx) => holds(ctx.actor, "opportunity.create"),
  },
  {
    field: "stage",
    candidates: (ctx) =>
      sql`select v.value, t.id, t.name as label, lower(t.name) = lower(v.value) as is_exact
        from v join stage t on t.organization_id = ${ctx.actor.organizationId} and app.name_key(t.name) collate "C" = v.key
        where t.pipeline_id = ${pipelineOf(ctx, options)} and t.removed_at is null`,
    mayCreate: (ctx) => holds(ctx.actor, "pipeline.edit"),
  },
  {
    field: "owner",
    candidates: (ctx) =>
      sql`select v.value, t.id, t.name::text as label, lower(t.name) = lower(v.value) as is_exact
        from v join organization.member_ref t on t.organization_id = ${ctx.actor.organizationId} and app.name_key(t.name) collate "C" = v.key`,
    mayCreate: (ctx) => holds(ctx.actor, "member.invite"),
  },
];

/** By their id in the other system, address, domain or name. Each way has an index: together they would have none. */
function customersMeant(ctx: Context): RawBuilder<unknown> {
  const by = (condition: RawBuilder<SqlBool>, isExact: RawBuilder<SqlBool>): RawBuilder<unknown> =>
    sql`select v.value, t.id, t.name::text as label, ${isExact} as is_exact
      from v join customer t on t.organization_id = ${ctx.actor.organizationId} and ${condition}
      where t.deleted_at is null and ${withinReachOrGranted(ctx, "customer", sql.ref("t.id"), sql.ref("t.owner_id"))}`;
  const surely = sql<SqlBool>`true`;
  return sql.join(
    [
      by(sql`t.name_key = v.key`, sql`lower(t.name) = lower(v.value)`),
      by(sql`t.external_id = v.value`, surely),
      by(sql`v.value like '%@%' and t.email_key = lower(v.value collate "C")`, surely),
      by(sql`v.value ~ '^[^ @]+[.][^ @]+$' and t.web_host = app.web_host(v.value)`, surely),
    ],
    sql` union all `,
  );
}

/** The chosen pipeline, or the default one. */
export function pipelineOf(ctx: Context, { pipelineId }: ImportOptions): RawBuilder<unknown> {
  const { organizationId } = ctx.actor;
  return pipelineId === undefined
    ? sql`(select p.id from pipeline p where p.organization_id = ${organizationId} and p.is_default)`
    : sql`(select p.id from pipeline p where p.organization_id = ${organizationId} and p.id = ${pipelineId})`;
}

type Row = { value: string; candidates: { id: string; label: string; exact: boolean }[] };

/**
 * What the values of relations' columns would be taken for: the record of that name, else one that differs in spaces or
 * punctuation, else a new one where the actor may make it. Choices of the wizard go before all that.
 */
export async function proposeRelations(
  ctx: Context,
  values: readonly ValueCount[],
  options: ImportOptions,
): Promise<Proposal[]> {
  const proposals: Proposal[] = [];
  for (const relation of relations(options)) {
    const own = values.filter(({ field }) => field === relation.field);
    if (own.length > 0) proposals.push(...(await proposeFor(ctx, relation, own, options)));
  }
  return proposals;
}

async function proposeFor(
  ctx: Context,
  relation: Relation,
  values: readonly ValueCount[],
  options: ImportOptions,
): Promise<Proposal[]> {
  const texts = values.map(({ value }) => value);
  // Keys are made once: in the join they would be made for every pair of a value and a record.
  const { rows } = await sql<Row>`
    with v as materialized (select t.value, app.name_key(t.value) collate "C" as key from unnest(${texts}::text[]) as t(value))
    , c as (select value, id, label, bool_or(is_exact) as exact from (${relation.candidates(ctx)}) all_ways group by value, id, label)
    select c.value, json_agg(json_build_object('id', c.id, 'label', c.label, 'exact', c.exact) order by c.label, c.id) as candidates
    from c group by c.value`.execute(ctx.tx);
  const found = new Map(rows.map((row) => [row.value, row]));
  return values.map(({ field, value, rows: count }) =>
    proposalOf(
      { field, value, rows: count },
      found.get(value),
      options.values?.[field]?.[value],
      relation.mayCreate(ctx),
    ),
  );
}

function proposalOf(count: ValueCount, row: Row | undefined, chosen: string | undefined, mayCreate: boolean): Proposal {
  const all = row?.candidates ?? [];
  const exact = all.filter((candidate) => candidate.exact);
  const matches = exact.length > 0 ? exact : all;
  const verdict = verdictOf(matches.length, exact.length > 0);
  const candidates = all.map(({ id, label }) => ({ id, label }));
  const [only] = matches.length === 1 ? matches : [];
  const target = chosen ?? only?.id ?? defaultTarget(verdict, mayCreate);
  const targetLabel = candidates.find(({ id }) => id === target)?.label ?? null;
  return { ...count, verdict, target, targetLabel, candidates };
}

function verdictOf(matches: number, isExact: boolean): Proposal["verdict"] {
  if (matches === 0) return "new";
  if (matches > 1) return "ambiguous";
  return isExact ? "matched" : "similar";
}

/** Several of the name are never guessed between; without the right to make one, the field stays empty or the row fails. */
function defaultTarget(verdict: Proposal["verdict"], mayCreate: boolean): "create" | "empty" {
  return verdict === "new" && mayCreate ? "create" : "empty";
}
