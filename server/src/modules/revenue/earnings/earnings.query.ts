import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import { toWire } from "@rainmaker/contracts/money";
import type { readEarnings as readContract, readWhatIf as whatIfContract } from "@rainmaker/contracts/revenue/earnings";
import { dayIn, monthOf } from "@rainmaker/contracts/time";
import { sql } from "kysely";
import { actingMember, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import type { NextStep } from "../commissions/what-if.ts";
import { parseRational, toDecimals, zero } from "../money/rational.ts";
import { attainmentOf } from "../plans/plan-terms.ts";
import { listRules } from "../plans/rules.store.ts";
import { creditedMinor, EarningsPreview, type EarningAccount, type Prospect } from "./preview-earnings.ts";

type Reply = ReplyInput<typeof readContract>;

/** What the caller has earned this month, what waits, and the way to the next rate. */
export async function readEarnings(ctx: Context): Promise<Reply> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const month = monthOf(today);
  const accounts = await readAccounts(ctx, month, today);
  const { posted, prospects } = await readMoney(ctx, month);
  const preview = new EarningsPreview(accounts);
  const waiting = added(
    preview,
    prospects.filter(({ isWaiting }) => isWaiting),
  );
  const expected = added(
    preview,
    prospects.filter(({ isWaiting }) => !isWaiting),
  );
  const currencies = new Set([ctx.organization.currency, ...posted.keys(), ...waiting.keys(), ...expected.keys()]);
  return {
    month,
    sums: [...currencies].map((currency) => ({
      earned: toWire(posted.get(currency)?.earned ?? 0n, currency),
      approved: toWire(posted.get(currency)?.approved ?? 0n, currency),
      held: toWire(posted.get(currency)?.held ?? 0n, currency),
      waiting: toWire(waiting.get(currency) ?? 0n, currency),
      expected: toWire(expected.get(currency) ?? 0n, currency),
    })),
    rules: new EarningsPreview(accounts).steps().map(({ account, next }) => ruleReply(account, next)),
  };
}

/** What the caller would earn if these opportunities were paid in full now. @throws Refusal 404 beyond the caller's sight */
export async function readWhatIf(
  ctx: Context,
  { opportunityIds }: BodyOf<typeof whatIfContract>,
): Promise<ReplyInput<typeof whatIfContract>> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const { rows } = await sql<{ id: string; minor: bigint | null; currency: string | null }>`
    select o.id, o.amount_minor as minor, o.currency from sales.opportunity_ref o
    where o.organization_id = ${ctx.actor.organizationId} and o.id = any(${opportunityIds}::uuid[]) and o.owner_id = ${actingMember(ctx)}
      and o.deleted_at is null and o.kind = 'open'`.execute(ctx.tx);
  const known = new Map(rows.map((row) => [row.id, row]));
  const preview = new EarningsPreview(await readAccounts(ctx, monthOf(today), today));
  const totals = new Map<string, bigint>();
  const items = [...new Set(opportunityIds)].map((opportunityId) => {
    const opportunity = known.get(opportunityId);
    if (opportunity === undefined) throw notFound("opportunity");
    const { minor, currency } = opportunity;
    if (minor === null || currency === null) return { opportunityId, commission: null, alone: null };
    const { commission, alone } = preview.add({ id: opportunityId, minor, currency });
    totals.set(currency, (totals.get(currency) ?? 0n) + (commission ?? 0n));
    const shown = (sum: bigint | null) => (sum === null ? null : toWire(sum, currency));
    return { opportunityId, commission: shown(commission), alone: shown(alone) };
  });
  return {
    items,
    totals: [...totals].map(([currency, minor]) => toWire(minor, currency)),
    next: preview.steps().map(({ account, reached, next }) => ({
      component: account.rule.name,
      reached,
      step: stepReply(account, next),
    })),
  };
}

/** The caller's rules with what each has credited this month, in the organization's currency and any that money came in. */
async function readAccounts(ctx: Context, month: string, today: string): Promise<EarningAccount[]> {
  const memberId = actingMember(ctx);
  const { organizationId } = ctx.actor;
  const { currency } = ctx.organization;
  const rules = await listRules(ctx, [memberId], today, { month, currency });
  const { rows } = await sql<{ component_id: string; currency: string; credited: string }>`
    select a.component_id, a.currency, a.credited_minor::text as credited from commission_accumulator a
    join commission_period p on p.organization_id = a.organization_id and p.id = a.period_id
    where a.organization_id = ${organizationId} and a.participant_id = ${memberId} and p.month = ${month}`.execute(
    ctx.tx,
  );
  return rules.flatMap((rule): EarningAccount[] => {
    const own = rows.filter(({ component_id: id }) => id === rule.id);
    const counted = own.map((row) => ({ rule, currency: row.currency, credited: parseRational(row.credited) }));
    const home = rule.currency ?? currency;
    return own.some((row) => row.currency === home) ? counted : [{ rule, currency: home, credited: zero }, ...counted];
  });
}

type Posted = { readonly earned: bigint; readonly approved: bigint; readonly held: bigint };
type Money = {
  readonly posted: Map<string, Posted>;
  readonly prospects: (Prospect & { readonly isWaiting: boolean })[];
};

/** What is posted by currency, what is in verification, and what is left to come of approved deals. */
async function readMoney(ctx: Context, month: string): Promise<Money> {
  const memberId = actingMember(ctx);
  const { organizationId } = ctx.actor;
  const { rows } = await sql<{
    kind: "earned" | "approved" | "held" | "waiting" | "expected";
    id: string;
    minor: bigint;
    currency: string;
  }>`
    with own as (
      select d.id, d.amount_minor, d.currency, c.basis_points from deal d
      join deal_credit c on c.organization_id = d.organization_id and c.deal_id = d.id and c.kind = 'revenue' and c.participant_id = ${memberId}
      where d.organization_id = ${organizationId} and d.owner_id = ${memberId} and d.status = 'approved'
    ), paid as (
      select p.deal_id, sum(p.amount_minor - p.refunded_minor) filter (where p.status = 'verified') as verified,
        sum(p.amount_minor) filter (where p.status in ('submitted', 'asked')) as waiting
      from payment p where p.organization_id = ${organizationId} and p.owner_id = ${memberId} and p.deal_id in (select id from own) group by p.deal_id
    )
    select 'earned' as kind, null as id, sum(t.amount_minor)::bigint as minor, t.currency from ledger_txn t
      join commission_period p on p.organization_id = t.organization_id and p.id = t.period_id
      where t.organization_id = ${organizationId} and t.owner_id = ${memberId} and p.month = ${month} group by t.currency
    union all
    select 'approved', null, sum(s.payable_minor)::bigint, s.currency from commission_statement s
      where s.organization_id = ${organizationId} and s.owner_id = ${memberId} and s.state in ('approved', 'locked') group by s.currency
    union all
    select 'waiting', o.id::text, (x.waiting * o.basis_points / 10000)::bigint, o.currency from own o join paid x on x.deal_id = o.id where x.waiting > 0
    union all
    select 'expected', o.id::text, ((o.amount_minor - coalesce(x.verified, 0) - coalesce(x.waiting, 0)) * o.basis_points / 10000)::bigint, o.currency
      from own o left join paid x on x.deal_id = o.id where o.amount_minor > coalesce(x.verified, 0) + coalesce(x.waiting, 0)`.execute(
    ctx.tx,
  );
  const posted = new Map<string, Posted>();
  const prospects: (Prospect & { isWaiting: boolean })[] = [];
  for (const { kind, id, minor, currency } of rows) {
    if (kind === "waiting" || kind === "expected") {
      prospects.push({ id, minor, currency, isWaiting: kind === "waiting" });
    } else {
      const known = posted.get(currency) ?? { earned: 0n, approved: 0n, held: 0n };
      posted.set(currency, { ...known, [kind]: minor });
    }
  }
  return { posted, prospects };
}

function added(preview: EarningsPreview, prospects: readonly Prospect[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const prospect of prospects) {
    const { commission, currency } = preview.add(prospect);
    sums.set(currency, (sums.get(currency) ?? 0n) + (commission ?? 0n));
  }
  return sums;
}

function ruleReply(account: EarningAccount, next: NextStep | null): Reply["rules"][number] {
  const { rule, currency } = account;
  const attained = attainmentOf(creditedMinor(account), rule.quota);
  return {
    plan: { name: rule.planName, version: rule.planVersion },
    component: rule.name,
    credited: toWire(creditedMinor(account), currency),
    quota: rule.quota === null ? null : toWire(rule.quota, currency),
    attainment: attained === null ? null : toDecimals(attained, 4),
    next: stepReply(account, next),
  };
}

function stepReply({ currency }: EarningAccount, next: NextStep | null): Reply["rules"][number]["next"] {
  return next === null ? null : { missing: toWire(next.missing, currency), rate: next.rate };
}
