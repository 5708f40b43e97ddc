import pg from "pg";
import { remote } from "../test/calling.ts";
import { makeDeal, makeMember, makeOrganization, makePayment, makeTeam, type Person } from "../test/make.ts";
import type { BenchDatabase } from "./bench-database.ts";
import { figuresOf } from "./load.ts";
import type { Fact } from "./report.ts";
import type { ServerProcess } from "./server-process.ts";

const deals = 32;
type Waiting = { readonly id: string; readonly version: number };

/** Verifications by 16 people at once, and how often two clicks at one moment paid twice. */
export async function measureMoney(
  database: BenchDatabase,
  server: ServerProcess,
  { clients, payments }: { readonly clients: number; readonly payments: number },
): Promise<Fact[]> {
  const app = remote(server.url);
  const organization = await makeOrganization(app);
  const team = await makeTeam(app, organization);
  const rep = await makeMember(app, organization, ["sales_rep"], team.id);
  const manager = await makeMember(app, organization, ["manager"], team.id);
  const verifiers: Person[] = [];
  for (let n = 0; n < clients; n += 1) verifiers.push(await makeMember(app, organization, ["verifier"]));
  const waiting = await prepare(app, rep, manager, payments);

  const approve = (verifier: Person | undefined, { id, version }: Waiting): Promise<number> =>
    app
      .call("POST", `/payments/${id}/approve`, { token: verifier?.token, body: { seenVersion: version } })
      .then(({ status }) => status);
  const alone = waiting.slice(0, Math.floor(payments * 0.8));
  const figures = await drain(clients, alone, async (client, payment) => {
    const status = await approve(verifiers[client], payment);
    if (status !== 201) throw new Error(`approve: ${status}`);
  });
  // Two verifiers press the key at the same moment.
  const contended = waiting.slice(alone.length);
  await drain(clients / 2, contended, async (client, payment) => {
    const statuses = await Promise.all([
      approve(verifiers[client], payment),
      approve(verifiers[client + clients / 2], payment),
    ]);
    if (statuses.toSorted((a, b) => a - b).join() !== "201,409") throw new Error(`two clicks: ${statuses.join()}`);
  });
  const { double, unbalanced, posted } = await audit(database, organization.id);
  if (posted !== payments) throw new Error(`${payments} verified, ${posted} posted`);
  return [
    [`verifications, ${clients} clients`, `${figures.perSecond.toFixed(0)}/s, p95 ${figures.p95.toFixed(0)} ms`],
    [`double posts of ${payments} payments, ${contended.length} of them clicked twice at once`, String(double)],
    ["ledger transactions that do not balance", String(unbalanced)],
  ];
}

async function prepare(
  app: ReturnType<typeof remote>,
  rep: Person,
  manager: Person,
  payments: number,
): Promise<Waiting[]> {
  const amount = { amount: "100000.00", currency: "USD" };
  const made = await Promise.all(Array.from({ length: deals }, () => makeDeal(app, { rep, manager }, { amount })));
  const waiting: Waiting[] = [];
  await drain(
    8,
    Array.from({ length: payments }, (_, n) => n),
    async (_, n) => {
      const deal = made[n % deals];
      if (deal !== undefined) waiting.push(await makePayment(app, { rep, dealId: deal.id }, { valueOn: today() }));
    },
  );
  return waiting;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Each client takes the next item until none is left. */
async function drain<T>(
  clients: number,
  items: readonly T[],
  work: (client: number, item: T) => Promise<void>,
): Promise<ReturnType<typeof figuresOf>> {
  const left = items.values();
  const times: number[] = [];
  const begun = performance.now();
  const run = async (client: number): Promise<void> => {
    for (const item of left) {
      const started = performance.now();
      await work(client, item);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => run(client)));
  return figuresOf(times, (performance.now() - begun) / 1000);
}

async function audit(
  { places }: BenchDatabase,
  organizationId: string,
): Promise<{ double: number; unbalanced: number; posted: number }> {
  const client = new pg.Client({ connectionString: places.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select (select count(*) from (select payment_id from ledger_txn where organization_id = $1
           group by payment_id having count(*) > 1) d)::int as double,
         (select count(*) from (select txn_id from ledger_line where organization_id = $1
           group by txn_id having sum(amount_minor) <> 0) u)::int as unbalanced,
         (select count(distinct payment_id) from ledger_txn where organization_id = $1)::int as posted`,
      [organizationId],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}
