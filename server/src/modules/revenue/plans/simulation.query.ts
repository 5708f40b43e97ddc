import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { PlanTerms, simulatePlan as contract } from "@rainmaker/contracts/revenue/plans";
import { addDays, addMonths, dayIn, firstDayOf, lastDayOf, monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { notFound } from "#platform/errors";
import type { Credit } from "../deals/deal.ts";
import { parseRational, rational, toDecimals, type Rational } from "../money/rational.ts";
import { rulesOfTerms } from "./plan-config.ts";
import { ruleOf, type PlanRule } from "./plan-rule.ts";
import { attainmentOf } from "./plan-terms.ts";
import { listLeaders, listRules } from "./rules.store.ts";
import { simulate, type RateOf, type SimulatedPayment, type SimulatedTotal } from "./simulate.ts";

type Reply = ReplyInput<typeof contract>;

/** Rates are as good as for a posting: those of a week before. */
const goodForDays = 7;

/** What the newest version of a plan would have paid for the last three months, beside what the rules of now pay. */
export async function simulatePlan(ctx: Context, planId: string): Promise<Reply> {
  const month = monthOf(dayIn(ctx.organization.timeZone, ctx.now));
  const months = [addMonths(month, -3), addMonths(month, -2), addMonths(month, -1)];
  const terms = await readTerms(ctx, planId);
  const payments = await listVerified(ctx, months);
  const lastDay = lastDayOf(addMonths(month, -1));
  const earners = [...new Set(payments.flatMap(({ credits }) => credits.map(({ participantId }) => participantId)))];
  const leads = await listLeaders(ctx, earners, lastDay);
  const people = await listPeople(ctx, [...earners, ...leads.map(({ leaderId }) => leaderId)], planId);
  const quotas = await listQuotas(ctx, months);
  const rateOf = await rateReader(ctx, months);

  const currentRules = new Map<string, PlanRule[]>();
  for (const each of months) {
    const asked = { month: each, currency: ctx.organization.currency };
    currentRules.set(each, await listRules(ctx, [...people.keys()], lastDayOf(each), asked));
  }
  const onPlan = [...people].filter(([, { isOnPlan }]) => isOnPlan).map(([id]) => id);
  const nextRules = new Map(
    months.map((each) => [each, rulesBy(terms, onPlan, (id) => quotas.get(`${id} ${each}`) ?? null)]),
  );
  const before = simulate(payments, (each) => currentRules.get(each) ?? [], leads, rateOf);
  const after = simulate(payments, (each) => nextRules.get(each) ?? [], leads, rateOf);
  const rows = compared(before.totals, after.totals, onPlan);
  return {
    months,
    totals: totalsOf(rows),
    people: rows.map(({ memberId, currency, current: paid, next: would }) => ({
      member: { id: memberId, name: people.get(memberId)?.name ?? "" },
      attainment: attainmentIn(memberId, months, payments, quotas),
      current: toWire(paid, currency),
      next: toWire(would, currency),
      change: toWire(would - paid, currency),
    })),
    reproduces: await agreesWithLedger(ctx, months, before.totals),
    withoutRate: after.withoutRate.size,
  };
}

async function readTerms(ctx: Context, planId: string): Promise<PlanTerms> {
  const { rows } = await sql<{ terms: PlanTerms }>`
    select terms from plan_version where organization_id = ${ctx.actor.organizationId} and plan_id = ${planId} order by version desc limit 1`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) throw notFound("plan");
  return row.terms;
}

async function listVerified(ctx: Context, months: readonly string[]): Promise<SimulatedPayment[]> {
  const { organizationId } = ctx.actor;
  const { rows } = await sql<Omit<SimulatedPayment, "credits"> & { credits: Credit[] }>`
    select p.id, p.deal_id as "dealId", to_char(p.value_on, 'YYYY-MM') as month, p.value_on::text as "valueOn", p.amount_minor - p.refunded_minor as net, p.currency,
      (select coalesce(json_agg(json_build_object('participantId', c.participant_id, 'kind', c.kind, 'basisPoints', c.basis_points) order by c.participant_id), '[]')
        from deal_credit c where c.organization_id = p.organization_id and c.deal_id = p.deal_id) as credits
    from payment p where p.organization_id = ${organizationId} and p.status = 'verified' and p.amount_minor > p.refunded_minor
      and p.value_on between ${firstDayOf(months[0] ?? "")}::date and ${lastDayOf(months.at(-1) ?? "")}::date
    order by p.value_on, p.id`.execute(ctx.tx);
  return rows;
}

type Person = { readonly name: string; readonly isOnPlan: boolean };

/** Those who earn, and whether this plan holds for them or is going to. */
async function listPeople(ctx: Context, ids: readonly string[], planId: string): Promise<Map<string, Person>> {
  const { organizationId } = ctx.actor;
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { rows } = await sql<Person & { id: string }>`
    select m.id, m.name, coalesce(
      (select a.plan_id from plan_assignment a where a.organization_id = m.organization_id and a.member_id = m.id and a.during && daterange(${today}::date, null)
        order by lower(a.during) desc nulls last limit 1),
      (select p.id from plan p where p.organization_id = m.organization_id and p.is_default)) = ${planId} as "isOnPlan"
    from organization.member_ref m where m.organization_id = ${organizationId} and m.id = any(${[...new Set(ids)]}::uuid[])`.execute(
    ctx.tx,
  );
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}

async function listQuotas(ctx: Context, months: readonly string[]): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ key: string; amount: bigint }>`
    select member_id || ' ' || month as key, amount_minor as amount from quota
    where organization_id = ${ctx.actor.organizationId} and month = any(${[...months]})`.execute(ctx.tx);
  return new Map(rows.map(({ key, amount }) => [key, amount]));
}

async function rateReader(ctx: Context, months: readonly string[]): Promise<RateOf> {
  const first = addDays(firstDayOf(months[0] ?? ""), -goodForDays);
  const { rows } = await sql<{ pair: string; on: string; rate: string }>`
    select from_currency || ' ' || to_currency as pair, on_day::text as on, rate::text as rate from exchange_rate
    where organization_id = ${ctx.actor.organizationId} and on_day >= ${first}::date order by on_day desc`.execute(
    ctx.tx,
  );
  const pairs = Map.groupBy(rows, ({ pair }) => pair);
  return (from, to, day): Rational | null => {
    const rate = pairs.get(`${from} ${to}`)?.find(({ on }) => on <= day && on >= addDays(day, -goodForDays))?.rate;
    return rate === undefined ? null : parseRational(rate);
  };
}

function rulesBy(terms: PlanTerms, people: readonly string[], quotaOf: (id: string) => bigint | null): PlanRule[] {
  const stored = rulesOfTerms(terms);
  return people.flatMap((memberId) =>
    stored.map((rule): PlanRule => ({
      ...ruleOf({ ...rule, zeroQuota: "base_rate_only" }, quotaOf(memberId)),
      id: rule.name,
      memberId,
      name: rule.name,
      creditKind: rule.credit,
      planName: "",
      planVersion: 0,
      currency: terms.currency,
    })),
  );
}

type Compared = {
  readonly memberId: string;
  readonly currency: string;
  readonly current: bigint;
  readonly next: bigint;
};

/** Whose loss is largest comes first. */
function compared(
  before: readonly SimulatedTotal[],
  after: readonly SimulatedTotal[],
  onPlan: readonly string[],
): Compared[] {
  const keyOf = ({ memberId, currency }: SimulatedTotal): string => `${memberId} ${currency}`;
  const paid = new Map(before.map((total) => [keyOf(total), total]));
  const would = new Map(after.map((total) => [keyOf(total), total]));
  const keys = new Set([...paid.keys(), ...would.keys()]);
  return [...keys]
    .flatMap((key): Compared[] => {
      const known = paid.get(key) ?? would.get(key);
      if (known === undefined || !onPlan.includes(known.memberId)) return [];
      const { memberId, currency } = known;
      return [{ memberId, currency, current: paid.get(key)?.amount ?? 0n, next: would.get(key)?.amount ?? 0n }];
    })
    .toSorted((a, b) => Number(a.next - a.current - (b.next - b.current)));
}

function totalsOf(rows: readonly Compared[]): Reply["totals"] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => {
    const current = own.reduce((sum, row) => sum + row.current, 0n);
    const next = own.reduce((sum, row) => sum + row.next, 0n);
    return {
      current: toWire(current, currency),
      next: toWire(next, currency),
      change: toWire(next - current, currency),
    };
  });
}

/** Credited by quota over all the months; null without one. */
function attainmentIn(
  memberId: string,
  months: readonly string[],
  payments: readonly SimulatedPayment[],
  quotas: ReadonlyMap<string, bigint>,
): string | null {
  const quota = months.reduce((sum, month) => sum + (quotas.get(`${memberId} ${month}`) ?? 0n), 0n);
  const credited = payments.reduce((sum, { net, credits }) => {
    const own = credits.find(({ participantId, kind }) => participantId === memberId && kind === "revenue");
    return sum + (net * BigInt(own?.basisPoints ?? 0)) / 10_000n;
  }, 0n);
  const attained = attainmentOf(credited, quota === 0n ? null : quota);
  return attained === null ? null : toDecimals(rational(attained.n, attained.d), 4);
}

async function agreesWithLedger(
  ctx: Context,
  months: readonly string[],
  totals: readonly SimulatedTotal[],
): Promise<boolean> {
  const { rows } = await sql<{ key: string; amount: bigint }>`
    select t.owner_id || ' ' || t.currency as key, sum(t.amount_minor)::bigint as amount from ledger_txn t
    join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id
    where t.organization_id = ${ctx.actor.organizationId} and p.month = any(${[...months]}) and t.component_id is not null group by 1`.execute(
    ctx.tx,
  );
  const posted = new Map(rows.map(({ key, amount }) => [key, amount]));
  const paid = new Map(totals.map(({ memberId, currency, amount }) => [`${memberId} ${currency}`, amount]));
  return [...new Set([...posted.keys(), ...paid.keys()])].every(
    (key) => (posted.get(key) ?? 0n) === (paid.get(key) ?? 0n),
  );
}
