import { sql, type RawBuilder } from "kysely";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import type { Proposal, ValueCount } from "#modules/records";
import { holds, type Context } from "#platform/context";
import { customersMeant, type Candidate } from "./customers-meant.query.ts";

/** What a relation's values are compared with, and whether the actor may make new ones. */
type Relation = {
  readonly field: string;
  /** The records that values may mean, by value. */
  readonly meant: (ctx: Context, values: readonly string[]) => Promise<ReadonlyMap<string, readonly Candidate[]>>;
  readonly mayCreate: (ctx: Context) => boolean;
};

const relations = (options: ImportOptions): readonly Relation[] => [
  { field: "customer", meant: customersMeant, mayCreate: (ctx) => holds(ctx.actor, "customer.create") },
  {
    field: "product",
    meant: (ctx, values) =>
      namedLike(
        ctx,
        values,
        sql`select p.id, p.name::text as name from product p where p.organization_id = ${ctx.actor.organizationId}`,
      ),
    mayCreate: (ctx) => holds(ctx.actor, "opportunity.create"),
  },
  {
    field: "stage",
    meant: (ctx, values) =>
      namedLike(
        ctx,
        values,
        sql`select s.id, s.name from stage s where s.organization_id = ${ctx.actor.organizationId}
        and s.pipeline_id = ${pipelineOf(ctx, options)} and s.removed_at is null`,
      ),
    mayCreate: (ctx) => holds(ctx.actor, "pipeline.edit"),
  },
  {
    field: "owner",
    meant: (ctx, values) =>
      namedLike(
        ctx,
        values,
        sql`select m.id, m.name::text as name from organization.member_ref m where m.organization_id = ${ctx.actor.organizationId}`,
      ),
    mayCreate: (ctx) => holds(ctx.actor, "member.invite"),
  },
];

/** Of few records, given by id and name, those that are called so or differ in spaces or punctuation only. */
async function namedLike(
  ctx: Context,
  values: readonly string[],
  records: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  // Keys are made once: in the join they would be made for every pair of a value and a record.
  const { rows } = await sql<Candidate & { readonly value: string }>`
    with v as materialized (select t.value, app.name_key(t.value) collate "C" as key from unnest(${[...values]}::text[]) as t(value)),
    r as materialized (select a.id, a.name, app.name_key(a.name) collate "C" as key from (${records}) a)
    select v.value, r.id, r.name as label, lower(r.name) = lower(v.value) as exact from v join r on r.key = v.key
    order by r.name, r.id`.execute(ctx.tx);
  return Map.groupBy(rows, ({ value }) => value);
}

/** The chosen pipeline, or the default one. */
export function pipelineOf(ctx: Context, { pipelineId }: ImportOptions): RawBuilder<unknown> {
  const { organizationId } = ctx.actor;
  return pipelineId === undefined
    ? sql`(select p.id from pipeline p where p.organization_id = ${organizationId} and p.is_default)`
    : sql`(select p.id from pipeline p where p.organization_id = ${organizationId} and p.id = ${pipelineId})`;
}

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
  const found = await relation.meant(
    ctx,
    values.map(({ value }) => value),
  );
  return values.map(({ field, value, rows: count }) =>
    proposalOf(
      { field, value, rows: count },
      found.get(value) ?? [],
      options.values?.[field]?.[value],
      relation.mayCreate(ctx),
    ),
  );
}

function proposalOf(
  count: ValueCount,
  all: readonly Candidate[],
  chosen: string | undefined,
  mayCreate: boolean,
): Proposal {
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
