import { addDays, addMonths, monthOf } from "@rainmaker/contracts/time";
import { inRead, systemCaller } from "#platform/tenant";
import { afterAll, expect, onTestFailed, test } from "vitest";
import { replayAllPeriods } from "#modules/revenue";
import { Random } from "../src/processes/demo/random.ts";
import { openApp } from "./app.ts";
import { closeUntil } from "./generated/closing.ts";
import { makeCrew, makeDeal, makeMember, makeOrganization, makePayment, pdfProof, type Person } from "./make.ts";
import { asOwner } from "./sql.ts";

const seed = Number(process.env["FAULT_SEED"] ?? Date.now() % 1_000_000);
/** How much happens in the year. LIFE_EVENTS=10000 is a long one. */
const events = Number(process.env["LIFE_EVENTS"] ?? 240);
const firstDay = "2026-01-05";
/** A session is kept open for seven days. */
const daysAtOnce = 6;
const steps = Math.floor(360 / daysAtOnce);

const random = new Random(seed);
const app = await openApp();
afterAll(() => app.close());
app.setNow(`${firstDay}T09:00:00Z`);
const acme = await makeOrganization(app);
const { rep, manager, verifier } = await makeCrew(app, acme);
const everybody: Person[] = [acme.admin, rep, manager, verifier];
const join = async (...roles: Parameters<typeof makeMember>[2][number][]): Promise<number> =>
  everybody.push(await makeMember(app, acme, roles)) - 1;
const at = { admin: 0, rep: 1, manager: 2, verifier: 3, second: 0, finance: 0, other: 0, third: 0 };
at.second = await join("verifier");
at.finance = await join("finance");
at.other = await join("sales_rep");
at.third = await join("sales_rep");
const person = (who: keyof typeof at): Person => {
  const found = everybody[at[who]];
  if (found === undefined) throw new Error(who);
  return found;
};
const reps = ["rep", "other", "third"] as const;

const post = (path: string, who: keyof typeof at, body: object = {}) =>
  app.call("POST", path, { token: person(who).token, body });

async function stayAwake(): Promise<void> {
  for (const [index, { cookie, ...rest }] of everybody.entries()) {
    const reply = await app.call("POST", "/auth/refresh", { headers: { cookie } });
    expect(reply.status, reply.text).toBe(200);
    const next = [reply.headers["set-cookie"]].flat().join().split(";")[0] ?? "";
    everybody[index] = { ...rest, cookie: next, token: reply.body.accessToken };
  }
}

/** Two people are on plans of their own; the third is on the one that everybody has. */
async function givePlans(): Promise<void> {
  const base = {
    kind: "rate",
    name: "Base",
    credit: "revenue",
    boundary: "lower_inclusive",
    threshold: null,
    zeroQuota: "base_rate_only",
    cap: null,
    bonuses: [],
    rounding: "half_up",
  };
  const retroactive = {
    ...base,
    mode: "retroactive",
    basis: "amount",
    tiers: [
      { from: "0", rate: "0.05" },
      { from: "20000.00", rate: "0.08" },
    ],
  };
  const accelerated = {
    ...base,
    mode: "marginal",
    basis: "attainment",
    cap: "9000.00",
    tiers: [
      { from: "0", rate: "0.04" },
      { from: "1.00", rate: "0.1" },
    ],
  };
  for (const [who, component] of [
    ["other", retroactive],
    ["third", accelerated],
  ] as const) {
    const { body: plan } = await post("/plans", "finance", { name: `Plan of ${who}` });
    const terms = { currency: "USD", components: [component] };
    const draft = { terms, startsOn: firstDay, seenVersion: plan.versions[0].version };
    const { token } = person("finance");
    const saved = await app.call("PUT", `/plans/${plan.id}/draft`, { token, body: draft });
    expect(saved.status, saved.text).toBe(200);
    const sent = await post(`/plans/${plan.id}/submit`, "finance");
    const approved = await post(`/plans/${plan.id}/approve`, "admin", { seenVersion: sent.body.versions[0].version });
    expect(approved.status, approved.text).toBe(200);
    const assigned = await post(`/plans/${plan.id}/people`, "finance", { memberId: person(who).id, from: firstDay });
    expect(assigned.status, assigned.text).toBe(200);
  }
}

async function beginMonth(month: string): Promise<void> {
  const quota = { memberId: person("third").id, month, amount: { amount: "30000.00", currency: "USD" } };
  await app.call("PUT", "/quotas", { token: person("finance").token, body: quota });
  const company = {
    organization: { ...acme, admin: person("admin") },
    rep: person("rep"),
    manager: person("manager"),
    verifier: person("verifier"),
  };
  const before = addMonths(month, -1);
  if (before >= monthOf(firstDay)) await closeUntil(app, company, before, "locked");
}

type Deal = { readonly id: string; readonly who: (typeof reps)[number]; readonly currency: string };
type Paid = { readonly id: string; readonly minor: number; readonly currency: string };
const deals: Deal[] = [];
const waiting: { readonly id: string; readonly minor: number; readonly currency: string; version: number }[] = [];
const verified: Paid[] = [];
const money = (minor: number, currency: string) => ({ amount: (minor / 100).toFixed(2), currency });

async function sell(): Promise<void> {
  const who = random.pick(reps);
  const currency = random.chance(0.2) ? "EUR" : "USD";
  const made = await makeDeal(
    app,
    { rep: person(who), manager: person("admin") },
    { amount: money(random.between(100_000, 5_000_000), currency) },
  );
  deals.push({ id: made.id, who, currency });
}

async function pay(today: string): Promise<void> {
  if (deals.length === 0) return sell();
  const deal = random.pick(deals);
  const minor = random.between(1, 900_000);
  const made = await makePayment(
    app,
    { rep: person(deal.who), dealId: deal.id },
    // Some money is found out about late.
    { amount: money(minor, deal.currency), valueOn: random.chance(0.2) ? laterOf(addDays(today, -20)) : today },
  );
  waiting.push({ id: made.id, minor, currency: deal.currency, version: made.version });
}

const laterOf = (day: string): string => (day > firstDay ? day : firstDay);

async function decide(): Promise<void> {
  const payment = waiting.splice(random.between(0, Math.max(0, waiting.length - 1)), 1)[0];
  if (payment === undefined) return;
  const seen = { seenVersion: payment.version };
  if (random.chance(0.1)) {
    const body = { verdict: "rejected", reasonCode: "unreadable", ...seen };
    expect((await post(`/payments/${payment.id}/decisions`, "second", body)).status).toBe(201);
    return;
  }
  const reply = await post(`/payments/${payment.id}/decisions`, "verifier", { verdict: "verified", ...seen });
  expect(reply.status, reply.text).toBe(201);
  verified.push(payment);
}

async function giveBack(today: string): Promise<void> {
  if (verified.length === 0) return;
  const payment = random.pick(verified);
  const kind = random.chance(0.3) ? "chargeback" : "refund";
  const body = {
    kind,
    amount: money(random.between(1, payment.minor), payment.currency),
    valueOn: today,
    reason: "Returned",
  };
  const made = await post(`/payments/${payment.id}/refunds`, "finance", body);
  // More than is left is refused.
  expect([201, 409, 422], made.text).toContain(made.status);
  if (made.status !== 201) return;
  const proof = { name: "refund.pdf", content: pdfProof() };
  const proven = await app.upload(`/refunds/${made.body.id}/evidence`, person("finance").token, proof);
  const decision = { verdict: "verified", seenVersion: proven.body.version };
  const decided = await post(`/refunds/${made.body.id}/decisions`, "second", decision);
  expect([201, 409, 422], decided.text).toContain(decided.status);
}

async function reverse(): Promise<void> {
  if (verified.length === 0) return;
  const { id } = random.pick(verified);
  const { body: payment } = await app.call("GET", `/payments/${id}`, { token: person("second").token });
  const decision = { verdict: "reversed", seenVersion: payment.version, note: "Not ours" };
  const reply = await post(`/payments/${id}/decisions`, "second", decision);
  expect([201, 409, 422], reply.text).toContain(reply.status);
}

async function happen(today: string): Promise<void> {
  const chance = random.next();
  if (chance < 0.12) return sell();
  if (chance < 0.52) return pay(today);
  if (chance < 0.9) return decide();
  return chance < 0.98 ? giveBack(today) : reverse();
}

const broken: Readonly<Record<string, string>> = {
  "every transaction of the ledger adds up to nothing": `select txn_id from ledger_line group by txn_id, currency having sum(amount_minor) <> 0`,
  "no more went back than came in": `select p.id from payment p join refund r on r.payment_id = p.id and r.status = 'verified' and r.kind <> 'chargeback_won'
    group by p.id, p.amount_minor having sum(r.amount_minor) > p.amount_minor`,
  "no invoice is paid beyond its total": `select i.id from invoice i join payment_allocation a on a.invoice_id = i.id group by i.id, i.total_minor
    having sum(a.amount_minor) > i.total_minor`,
  "numbers of invoices have no gap": `select series from (select series, fiscal_year, legal_entity_id, count(*) as n, max(number) as last from invoice
    where number is not null group by 1, 2, 3) s where n <> last`,
  "what is owed is carried into the next month": `select s.id from commission_statement s join commission_period p on p.id = s.period_id
    where exists (select from commission_statement n join commission_period np on np.id = n.period_id where n.owner_id = s.owner_id
      and n.currency = s.currency and np.month = to_char(to_date(p.month, 'YYYY-MM') + interval '1 month', 'YYYY-MM')
      and n.brought_forward_minor <> s.carried_forward_minor)`,
  "nobody decided about their own money": `select id from payment_decision where decided_by in (submitted_by, owner_id)`,
  "a statement says what the ledger holds": `select s.id from commission_statement s where s.earned_minor <> (select coalesce(sum(t.amount_minor), 0)
    from ledger_txn t where t.period_id = s.period_id and t.owner_id = s.owner_id and t.currency = s.currency)`,
};

async function expectLawful(): Promise<void> {
  await app.settle();
  for (const [law, query] of Object.entries(broken)) expect([law, await asOwner(app, query)]).toEqual([law, []]);
  const { workplace } = app.runtime;
  const system = await systemCaller(workplace, acme.id, app.now());
  expect((await inRead(workplace, system, "snapshot", replayAllPeriods)).difference).toBeNull();
  const chain = await app.call("GET", "/audit-log/verification", { token: person("admin").token });
  expect(chain.body).toMatchObject({ firstBadSeq: null });
}

test("a year of sales, payments, refunds, reversals and closed months in two currencies and three plans keeps every law", async () => {
  onTestFailed(() => console.log(`FAULT_SEED=${seed} makes the same choices again`));
  await givePlans();
  let month = "";
  for (let step = 0; step < steps; step += 1) {
    const today = addDays(firstDay, step * daysAtOnce);
    app.setNow(`${today}T09:00:00Z`);
    await stayAwake();
    const rate = { from: "EUR", to: "USD", on: today, rate: `1.0${random.between(10, 99)}`, source: "Central bank" };
    expect((await post("/exchange-rates", "finance", rate)).status).toBe(201);
    if (monthOf(today) !== month) await beginMonth((month = monthOf(today)));
    for (let count = 0; count < events / steps; count += 1) await happen(today);
  }
  expect(verified.length).toBeGreaterThan(events / 10);
  await expectLawful();
}, 900_000);
