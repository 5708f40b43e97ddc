import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import { planSentences } from "@rainmaker/contracts/revenue/plan-document";
import type {
  listPlans as listContract,
  listRates as ratesContract,
  PlanDocument,
  PlanStatus,
  PlanTerms,
  readPlan as readContract,
} from "@rainmaker/contracts/revenue/plans";
import { dayIn, monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { actingMember, type Context } from "#platform/context";
import { notFound } from "#platform/errors";

type PlanReply = ReplyInput<typeof readContract>;
type Version = PlanReply["versions"][number];

export async function listPlans(ctx: Context): Promise<ReplyInput<typeof listContract>> {
  const { organizationId } = ctx.actor;
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { rows } = await sql<{
    id: string;
    name: string;
    is_default: boolean;
    people: number;
    version: number;
    status: PlanStatus;
    starts_on: string | null;
  }>`
    select p.id, p.name, p.is_default, v.version, v.status, v.starts_on::text as starts_on,
      (select count(distinct a.member_id)::int from plan_assignment a where a.organization_id = p.organization_id and a.plan_id = p.id
        and a.during && daterange(${today}::date, null)) as people
    from plan p join lateral (select x.version, x.status, x.starts_on from plan_version x
      where x.organization_id = p.organization_id and x.plan_id = p.id order by x.version desc limit 1) v on true
    where p.organization_id = ${organizationId} order by p.is_default desc, lower(p.name) limit 500`.execute(ctx.tx);
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      isDefault: row.is_default,
      people: row.people,
      version: row.version,
      status: row.status,
      startsOn: row.starts_on,
    })),
  };
}

type PlanRow = {
  id: string;
  name: string;
  is_default: boolean;
  versions: (Omit<Version, "version"> & { edit: number })[];
  people: {
    id: string;
    name: string;
    from: string | null;
    quota: string | null;
    currency: string | null;
    version: number | null;
  }[];
};

/** @throws Refusal 404 */
export async function getPlan(ctx: Context, planId: string): Promise<PlanReply> {
  const { organizationId } = ctx.actor;
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { rows } = await sql<PlanRow>`
    select p.id, p.name, p.is_default,
      (select json_agg(json_build_object('number', v.version, 'status', v.status, 'terms', v.terms, 'startsOn', v.starts_on,
          'createdBy', case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end, 'submittedAt', ${instant("v.submitted_at")},
          'approvedBy', case when a.id is not null then json_build_object('id', a.id, 'name', a.name) end, 'approvedAt', ${instant("v.approved_at")},
          'returnReason', v.return_reason, 'documentSha256', encode(v.document_sha256, 'hex'), 'edit', v.edit,
          'accepted', (select count(*)::int from plan_acceptance x where x.organization_id = v.organization_id and x.plan_version_id = v.id)) order by v.version desc)
        from plan_version v
        left join organization.member_ref c on c.organization_id = v.organization_id and c.id = v.created_by
        left join organization.member_ref a on a.organization_id = v.organization_id and a.id = v.approved_by
        where v.organization_id = p.organization_id and v.plan_id = p.id) as versions,
      (select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'from', lower(s.during), 'quota', q.amount_minor::text, 'currency', q.currency, 'version', q.version) order by m.name), '[]')
        from plan_assignment s join organization.member_ref m on m.organization_id = s.organization_id and m.id = s.member_id
        left join quota q on q.organization_id = s.organization_id and q.member_id = s.member_id and q.month = ${monthOf(today)}
        where s.organization_id = p.organization_id and s.plan_id = p.id and s.during && daterange(${today}::date, null)) as people
    from plan p where p.organization_id = ${organizationId} and p.id = ${planId}`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound("plan");
  return {
    id: row.id,
    name: row.name,
    isDefault: row.is_default,
    version: row.versions[0]?.edit ?? 0,
    versions: row.versions.map(({ edit, ...version }) => ({ ...version, version: edit })),
    people: row.people.map(({ id, name, from, quota, currency, version }) => ({
      member: { id, name },
      from,
      quota: quota === null || currency === null ? null : toWire(BigInt(quota), currency),
      quotaVersion: version,
    })),
  };
}

function instant(column: string): ReturnType<typeof sql> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The text of the plan that holds for the caller today; null where none does. */
export async function findDocument(ctx: Context): Promise<PlanDocumentOf | null> {
  const { organizationId } = ctx.actor;
  const memberId = actingMember(ctx);
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { rows } = await sql<{
    plan_id: string;
    name: string;
    version_id: string;
    version: number;
    starts_on: string | null;
    terms: PlanTerms;
    sha256: string | null;
    accepted_at: string | null;
  }>`
    with held as (select coalesce(
      (select a.plan_id from plan_assignment a where a.organization_id = ${organizationId} and a.member_id = ${memberId} and a.during @> ${today}::date),
      (select p.id from plan p where p.organization_id = ${organizationId} and p.is_default)) as plan_id)
    select p.id as plan_id, p.name, v.id as version_id, v.version, v.starts_on::text as starts_on, v.terms, encode(v.document_sha256, 'hex') as sha256,
      ${instant("x.accepted_at")} as accepted_at
    from held join plan p on p.organization_id = ${organizationId} and p.id = held.plan_id
    join plan_effective e on e.organization_id = p.organization_id and e.plan_id = p.id and e.during @> ${today}::date
    join plan_version v on v.organization_id = e.organization_id and v.id = e.plan_version_id
    left join plan_acceptance x on x.organization_id = v.organization_id and x.plan_version_id = v.id and x.member_id = ${memberId}`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    planId: row.plan_id,
    plan: row.name,
    versionId: row.version_id,
    version: row.version,
    startsOn: row.starts_on,
    sentences: [...planSentences(row.terms)],
    sha256: row.sha256,
    acceptedAt: row.accepted_at,
  };
}

type PlanDocumentOf = Omit<PlanDocument, "planId"> & { readonly planId: string; readonly versionId: string };

export async function listRates(ctx: Context): Promise<ReplyInput<typeof ratesContract>> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{
    from: string;
    to: string;
    on: string;
    rate: string;
    source: string;
    id: string | null;
    name: string | null;
  }>`
    select r.from_currency as from, r.to_currency as to, r.on_day::text as on, trim_scale(r.rate)::text as rate, r.source, m.id, m.name
    from exchange_rate r left join organization.member_ref m on m.organization_id = r.organization_id and m.id = r.set_by
    where r.organization_id = ${organizationId} order by r.on_day desc, r.from_currency, r.to_currency limit 500`.execute(
    ctx.tx,
  );
  return {
    items: rows.map(({ id, name, ...rate }) => ({ ...rate, setBy: id === null ? null : { id, name: name ?? "" } })),
  };
}
