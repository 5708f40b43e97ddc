import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import { Random } from "../src/processes/demo/random.ts";
import { remote, type Calling, type Reply } from "./calling.ts";
import { runCli } from "./cli.ts";
import { makeCrew, makeDeal, makeMember, makeOrganization, pdfProof, type Person } from "./make.ts";
import { givenDatabase, launchServer, type Place, type ServerProcess } from "./process.ts";

const seed = Number(process.env["FAULT_SEED"] ?? Date.now() % 1_000_000);
const random = new Random(seed);
/** Servers on one database at once, each killed after some answers. FAULT_KILLS=50 kills as many. */
const serversAtOnce = 4;
const rounds = Math.ceil(Number(process.env["FAULT_KILLS"] ?? 4) / serversAtOnce);
const mostAnswers = 14;

let place: Place;
let people: { rep: Person; verifier: Person; second: Person; finance: Person; admin: Person };
let deals: readonly { id: string }[];
beforeAll(async () => {
  place = await givenDatabase();
  const server = launch("--roles=api");
  const app = remote(await server.url);
  const acme = await makeOrganization(app);
  const { rep, manager, verifier } = await makeCrew(app, acme);
  const second = await makeMember(app, acme, ["verifier"]);
  const finance = await makeMember(app, acme, ["finance"]);
  people = { rep, verifier, second, finance, admin: acme.admin };
  const amount = { amount: "900000.00", currency: "USD" };
  deals = await Promise.all([1, 2, 3].map(() => makeDeal(app, { rep, manager }, { amount })));
  await server.kill();
});
afterAll(() => place.remove());

function launch(...args: string[]): ServerProcess {
  return launchServer({ ...place.env, DB_POOL: "3" }, { args });
}

type Step = (app: Calling, headers: Record<string, string>) => Promise<Reply<any>>;

/** A payment from its record to its verification, and for some to a refund that another person verifies. */
class Life {
  #paymentId = "";
  #seenVersion: number | undefined;
  #refund: { id: string; version: number } = { id: "", version: 0 };
  readonly #key = randomUUID();
  readonly #steps: readonly Step[];
  #done = 0;
  readonly amount: number;
  readonly refunded: number;

  constructor(dealId: string, isRefunded: boolean) {
    this.amount = random.between(100, 90_000);
    this.refunded = isRefunded ? random.between(1, this.amount) : 0;
    this.#steps = [...this.#toVerification(dealId), ...(this.refunded > 0 ? this.#toRefund() : [])];
  }

  get isOver(): boolean {
    return this.#done === this.#steps.length;
  }

  /** One step; whoever got no answer takes it again with the same key. @throws where the server is gone */
  async step(app: Calling): Promise<void> {
    const headers = { "idempotency-key": `${this.#key}-${this.#done}` };
    let reply: Reply<any> | undefined;
    const ask = async (): Promise<unknown> => {
      reply = await this.#steps[this.#done]?.(app, headers);
      return reply?.body?.code;
    };
    // The database may still be at the request whose server is gone.
    await expect.poll(ask, { timeout: 20_000, interval: 50 }).not.toBe("request_in_flight");
    expect([200, 201], reply?.text).toContain(reply?.status);
    this.#done += 1;
  }

  #toVerification(dealId: string): Step[] {
    const { rep, verifier } = people;
    const body = { dealId, amount: dollars(this.amount), method: "bank_transfer", valueOn: today() };
    const proof = { name: "proof.pdf", content: pdfProof() };
    return [
      async (app, headers) => {
        const reply = await app.call("POST", "/payments", { token: rep.token, body, headers });
        this.#paymentId = reply.body.id;
        return reply;
      },
      (app, headers) => app.upload(`/payments/${this.#paymentId}/evidence`, rep.token, proof, {}, headers),
      (app, headers) => app.call("POST", `/payments/${this.#paymentId}/submit`, { token: rep.token, headers }),
      async (app, headers) => {
        const path = `/payments/${this.#paymentId}`;
        // What was seen belongs to the request: asked again, it is the same request.
        this.#seenVersion ??= (await app.call("GET", path, { token: verifier.token })).body.version;
        const decision = { verdict: "verified", seenVersion: this.#seenVersion };
        return app.call("POST", `${path}/decisions`, { token: verifier.token, body: decision, headers });
      },
    ];
  }

  #toRefund(): Step[] {
    const { finance, second } = people;
    const body = { kind: "refund", amount: dollars(this.refunded), valueOn: today(), reason: "Returned" };
    const proof = { name: "refund.pdf", content: pdfProof() };
    const keep = (reply: Reply<any>): Reply<any> => {
      this.#refund = reply.body;
      return reply;
    };
    return [
      async (app, headers) =>
        keep(await app.call("POST", `/payments/${this.#paymentId}/refunds`, { token: finance.token, body, headers })),
      async (app, headers) =>
        keep(await app.upload(`/refunds/${this.#refund.id}/evidence`, finance.token, proof, {}, headers)),
      (app, headers) => {
        const decision = { verdict: "verified", seenVersion: this.#refund.version };
        const path = `/refunds/${this.#refund.id}/decisions`;
        return app.call("POST", path, { token: second.token, body: decision, headers });
      },
    ];
  }
}

const today = () => new Date().toISOString().slice(0, 10);
const dollars = (minor: number) => ({ amount: (minor / 100).toFixed(2), currency: "USD" });

/** Works on lives until the server is killed, after so many answers; what was cut off is taken up again later. */
async function workUntilKilled(lives: Life[], waiting: Life[], server: ServerProcess, answers: number): Promise<void> {
  const app = remote(await server.url);
  let left = answers;
  let isKilled = false;
  const kill = async (): Promise<void> => {
    isKilled = true;
    await server.kill();
  };
  const live = async (life: Life): Promise<void> => {
    while (!life.isOver) {
      if (left === 0 && !isKilled) void kill();
      left -= 1;
      await life.step(app);
    }
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const life = waiting.pop() ?? newLife(lives);
      try {
        await live(life);
      } catch (error) {
        waiting.push(life);
        if (isKilled) return;
        throw error;
      }
    }
  };
  await Promise.all([work(), work()]);
}

function newLife(lives: Life[]): Life {
  const life = new Life(deals[lives.length % deals.length]?.id ?? "", lives.length % 2 === 1);
  lives.push(life);
  return life;
}

async function rowsOf(text: string): Promise<any[]> {
  const client = new pg.Client({ connectionString: place.ownerUrl() });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test("kill -9 at random points of verifications and refunds loses nothing, repeats nothing, and the ledger agrees", async () => {
  onTestFailed(() => console.log(`FAULT_SEED=${seed} makes the same choices again`));
  const lives: Life[] = [];
  const waiting: Life[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const servers = Array.from({ length: serversAtOnce }, (_, n) => (n === 0 ? launch() : launch("--roles=api")));
    await Promise.all(servers.map((server) => workUntilKilled(lives, waiting, server, random.between(0, mostAnswers))));
  }
  const last = launch();
  const app = remote(await last.url);
  for (const life of lives) while (!life.isOver) await life.step(app);
  const refunds = lives.filter(({ refunded }) => refunded > 0);
  expect(refunds.length).toBeGreaterThan(0);
  const net = lives.reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);

  const effects = `select (select count(*)::int from payment) as payments,
      (select count(*)::int from payment_decision where verdict = 'verified') as decisions,
      (select count(*)::int from refund where status = 'verified') as refunds,
      (select sum(amount_minor)::int from daily_metric where metric = 'verified_revenue') as revenue,
      (select count(*)::int from outbox) as waiting, (select count(*)::int from delivery) as deliveries`;
  const all = { payments: lives.length, decisions: lives.length, refunds: refunds.length, revenue: net };
  await expect
    .poll(async () => (await rowsOf(effects))[0], { timeout: 20_000 })
    .toEqual({ ...all, waiting: 0, deliveries: 0 });
  const [log] = await rowsOf("select count(*)::int as entries, max(seq)::int as last from event_log");
  expect(log.entries).toBe(log.last);
  const postings = await rowsOf(
    "select source_event from ledger_txn group by source_event, owner_id having count(*) > 1",
  );
  expect(postings).toEqual([]);
  await last.kill();
  const verify = await runCli(["ledger", "verify"], place.env);
  expect(verify).toMatchObject({ code: 0 });
}, 180_000);
