import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyAuditLog } from "#modules/organization";
import type { Context } from "#platform/context";
import { deliver, type Delivery } from "#platform/events/deliveries";
import { Dispatcher, type DispatcherOptions } from "#platform/events/dispatcher";
import { on, type Module, type Subscription } from "#platform/module";
import { rebuildProjection, startSequencer, type Sequencer } from "#platform/sequencer";
import { inRead, inTransaction, systemCaller } from "#platform/tenant";
import { openApp, type TestApp } from "./app.ts";
import { makeCrew, makeDeal, makeOpportunity, makeOrganization, makePayment, pipelineOf, stageNamed } from "./make.ts";
import { asOwner } from "./sql.ts";

let app: TestApp;
const sequencers: Sequencer[] = [];

beforeAll(async () => {
  app = await openApp({ ROLES: "api" });
});
afterEach(async () => {
  for (const sequencer of sequencers.splice(0)) await sequencer.stop();
});
afterAll(() => app.close());

/** An organization whose log holds no more than its founding. */
async function makeQuietOrganization(): Promise<string> {
  const { id } = await makeOrganization(app);
  const [sequencer] = await startAll([]);
  await sequencer?.drain();
  await sequencer?.stop();
  return id;
}

function optionsOf(handlers: readonly Subscription[]): DispatcherOptions & { bus: typeof app.runtime.bus } {
  const { workplace, bus, clock, logger } = app.runtime;
  const modules: Module[] = [{ name: "probe", handlers }];
  return { workplace, modules, bus, clock, logger };
}

async function startAll(handlers: readonly Subscription[], count = 1): Promise<Sequencer[]> {
  const started = Array.from({ length: count }, () => startSequencer(optionsOf(handlers)));
  sequencers.push(...started);
  return started;
}

const sequence = async (...running: Sequencer[]): Promise<void> => {
  await Promise.all(running.map((each) => each.drain()));
};

async function within<T>(organizationId: string, run: (ctx: Context) => Promise<T>): Promise<T> {
  const caller = await systemCaller(app.runtime.workplace, organizationId, app.now());
  return inTransaction(app.runtime.workplace, caller, run);
}

const announce = (ctx: Context, label: string): void =>
  ctx.emit({ type: "goal.set", recordId: null, label, facts: { scope: "probe", month: "2026-11", target: money } });
const money = { amount: "1.00", currency: "USD" };

const emit = (organizationId: string, label: string): Promise<void> =>
  within(organizationId, async (ctx) => announce(ctx, label));

const logOf = (organizationId: string): Promise<{ seq: number; label: string | null }[]> =>
  asOwner(app, "select seq::int, label from event_log where organization_id = $1 order by seq", [organizationId]);
const labelsOf = async (organizationId: string): Promise<string[]> =>
  (await logOf(organizationId)).map(({ label }) => label ?? "").filter((label) => label.startsWith("probe"));
const byText = (a: string, b: string): number => (a < b ? -1 : 1);
const deliveriesOf = (organizationId: string): Promise<any[]> =>
  asOwner(
    app,
    `select subscriber, seq::int, attempts, parked_at is not null as parked, last_error, next_at > clock_timestamp() as waits
     from delivery where organization_id = $1 order by subscriber, seq`,
    [organizationId],
  );

describe("the log", () => {
  test("has every event of each organization once and without gaps, however many sequencers run", async () => {
    const [first, second] = [await makeQuietOrganization(), await makeQuietOrganization()];
    const running = await startAll([], 3);
    const labels = Array.from({ length: 120 }, (_, index) => `probe ${index}`);
    await Promise.all(labels.flatMap((label) => [emit(first, label), emit(second, label)]));
    await sequence(...running);
    for (const organizationId of [first, second]) {
      const log = await logOf(organizationId);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
      expect((await labelsOf(organizationId)).toSorted(byText)).toEqual(labels.toSorted(byText));
      const system = await systemCaller(app.runtime.workplace, organizationId, app.now());
      const { entries, firstBadSeq } = await inRead(app.runtime.workplace, system, "statement", verifyAuditLog);
      expect({ entries, firstBadSeq }).toEqual({ entries: log.length, firstBadSeq: null });
    }
  });

  test("follows the order of the commits of those who waited for one another", async () => {
    const organizationId = await makeQuietOrganization();
    const running = await startAll([], 2);
    const order: string[] = [];
    const queue = (label: string): Promise<void> =>
      within(organizationId, async (ctx) => {
        // Announced before the wait: what counts is the commit.
        announce(ctx, label);
        await sql`select from organization where id = ${organizationId} for update`.execute(ctx.tx);
        order.push(label);
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => queue(`probe ${index}`)));
    await sequence(...running);
    expect(await labelsOf(organizationId)).toEqual(order);
  });

  test("has nothing of a transaction that was rolled back", async () => {
    const organizationId = await makeQuietOrganization();
    const refused = within(organizationId, async (ctx) => {
      announce(ctx, "probe refused");
      throw new Error("changed my mind");
    });
    await expect(refused).rejects.toThrow("changed my mind");
    await emit(organizationId, "probe kept");
    await sequence(...(await startAll([])));
    expect(await labelsOf(organizationId)).toEqual(["probe kept"]);
  });
});

describe("a handler", () => {
  let organizationId: string;
  let handled: string[];
  beforeEach(async () => {
    organizationId = await makeQuietOrganization();
    handled = [];
  });

  const recorder = (name: string, failsFor?: string): Subscription =>
    on("goal.set", name, async (ctx, { label }) => {
      handled.push(`${name}: ${label}`);
      // Undone with the failure: only a delivery that succeeded leaves it behind.
      ctx.emit({ type: "team.changed", recordId: null, label: `probe effect of ${label}`, facts: { name } });
      if (label === failsFor) throw new Error(`cannot handle ${label}`);
    });
  const settle = async (dispatcher: Dispatcher): Promise<void> => {
    await dispatcher.takeOver();
    await dispatcher.settled();
  };
  /** As if the wait were over. */
  const makeDue = (): Promise<unknown> =>
    asOwner(app, "update delivery set next_at = clock_timestamp() where organization_id = $1", [organizationId]);
  const stop = (running: readonly Sequencer[]): Promise<unknown> => Promise.all(running.map((each) => each.stop()));

  test("gets each event once, in order, with the event's own time", async () => {
    const times: string[] = [];
    const clocked = on("goal.set", "probe.clock", async ({ now }) => void times.push(now.toISOString()));
    const running = await startAll([recorder("probe.all"), clocked]);
    for (const label of ["probe 1", "probe 2", "probe 3"]) await emit(organizationId, label);
    await sequence(...running);
    expect(handled).toEqual(["probe.all: probe 1", "probe.all: probe 2", "probe.all: probe 3"]);
    expect(times).toEqual(times.map(() => app.now().toISOString()));
    expect(times).toHaveLength(3);
    expect(await deliveriesOf(organizationId)).toEqual([]);
  });

  test("that throws is tried again after a while and parked after eight attempts; the others go on", async () => {
    const handlers = [recorder("probe.bad", "probe poison"), recorder("probe.good")];
    const running = await startAll(handlers);
    await emit(organizationId, "probe poison");
    await emit(organizationId, "probe next");
    await sequence(...running);
    await stop(running);
    expect(handled).toContain("probe.bad: probe next");
    expect(handled).toContain("probe.good: probe poison");

    const dispatcher = new Dispatcher(optionsOf(handlers));
    for (let attempt = 1; attempt < 8; attempt += 1) {
      const waiting = { subscriber: "probe.bad", attempts: attempt, parked: false, waits: true };
      expect(await deliveriesOf(organizationId)).toMatchObject([
        { ...waiting, last_error: "cannot handle probe poison" },
      ]);
      await makeDue();
      await settle(dispatcher);
    }
    expect(await deliveriesOf(organizationId)).toMatchObject([{ attempts: 8, parked: true }]);
    await makeDue();
    await settle(dispatcher);
    expect(handled.filter((entry) => entry === "probe.bad: probe poison")).toHaveLength(8);
    await sequence(...(await startAll([])));
    const effects = (await labelsOf(organizationId)).filter((label) => label.startsWith("probe effect"));
    // Of the good one for both events, of the bad one for the second alone.
    expect(effects.toSorted(byText)).toEqual([
      "probe effect of probe next",
      "probe effect of probe next",
      "probe effect of probe poison",
    ]);
  });

  test("that was handed an event by two workers at once does its work once", async () => {
    const handler = recorder("probe.twice");
    const delivery = await leaveBehind(handler);
    const { workplace, clock, logger } = app.runtime;
    const hand = (): Promise<void> => deliver(workplace, handler, delivery, clock, logger);
    await Promise.all([hand(), hand(), hand()]);
    await hand();
    await sequence(...(await startAll([])));
    expect(handled).toEqual(["probe.twice: probe left"]);
    expect(await labelsOf(organizationId)).toEqual(["probe left", "probe effect of probe left"]);
  });

  test("of a worker that died is taken over once the lease is over, not before", async () => {
    const handler = recorder("probe.lease");
    await leaveBehind(handler);
    const dispatcher = new Dispatcher(optionsOf([handler]));
    await settle(dispatcher);
    expect(handled).toEqual([]);
    await makeDue();
    await Promise.all([settle(dispatcher), settle(new Dispatcher(optionsOf([handler])))]);
    expect(handled).toEqual(["probe.lease: probe left"]);
    expect(await deliveriesOf(organizationId)).toEqual([]);
  });

  test("that this version of the program does not have is left for the worker that has it", async () => {
    await leaveBehind(recorder("probe.newer"));
    await makeDue();
    await settle(new Dispatcher(optionsOf([recorder("probe.other")])));
    expect(handled).toEqual([]);
    expect(await deliveriesOf(organizationId)).toMatchObject([{ subscriber: "probe.newer" }]);
  });

  test("that drops old events is not told of them", async () => {
    const fresh: Subscription = { ...recorder("probe.fresh"), dropAfterHours: 24 };
    const then = app.now();
    app.setNow(new Date(then.getTime() - 25 * 3_600_000).toISOString());
    await emit(organizationId, "probe old");
    app.setNow(then.toISOString());
    await emit(organizationId, "probe new");
    await sequence(...(await startAll([fresh])));
    expect(handled).toEqual(["probe.fresh: probe new"]);
    expect(await deliveriesOf(organizationId)).toEqual([]);
  });

  /** An event in the log whose worker took it and was never heard of again. */
  async function leaveBehind({ name: subscriber }: Subscription): Promise<Delivery> {
    await emit(organizationId, "probe left");
    await asOwner(app, "select from door.sequence_events($1, 500, 30)", [JSON.stringify({ "goal.set": [subscriber] })]);
    const [{ seq }] = await deliveriesOf(organizationId);
    return { organizationId, subscriber, seq: BigInt(seq), attempts: 1 };
  }
});

describe("a projection", () => {
  let busy: TestApp;
  beforeAll(async () => {
    busy = await openApp();
  });
  afterAll(() => busy.close());

  test("read again from the whole log is the same, row by row, also while events come", async () => {
    const organization = await makeOrganization(busy);
    const crew = await makeCrew(busy, organization);
    await liveThrough(crew);
    const before = await metrics(organization.id);
    expect(before.length).toBeGreaterThan(2);

    await rebuild(organization.id);
    expect(await metrics(organization.id)).toEqual(before);

    const rebuilding = Array.from({ length: 5 }, () => rebuild(organization.id));
    await Promise.all([...rebuilding, makeDeal(busy, crew), makeDeal(busy, crew)]);
    const after = await metrics(organization.id);
    const won = (rows: any[]): number =>
      rows.filter(({ metric }) => metric === "deals_won").reduce((sum, { count }) => sum + count, 0);
    expect(won(after)).toBe(won(before) + 2);
    await rebuild(organization.id);
    expect(await metrics(organization.id)).toEqual(after);
  });

  const metrics = async (organizationId: string): Promise<any[]> => {
    await busy.settle();
    const text = `select owner_id, metric, day, currency, amount_minor::text, count::int from daily_metric
      where organization_id = $1 order by owner_id, metric, day, currency`;
    return asOwner(busy, text, [organizationId]);
  };

  async function rebuild(organizationId: string): Promise<void> {
    const { workplace, modules } = busy.runtime;
    for (const projection of modules.flatMap((module) => module.projections ?? []))
      await rebuildProjection(workplace, projection, organizationId, busy.now());
  }

  /** A bit of everything the figures follow: wins on several days, taken back, lost, deleted, paid. */
  async function liveThrough(crew: Awaited<ReturnType<typeof makeCrew>>): Promise<void> {
    const { rep, verifier } = crew;
    const stages = await pipelineOf(busy, rep);
    const move = async (id: string, stage: string, more: Record<string, unknown> = {}): Promise<void> => {
      const body = { stageId: stageNamed(stages, stage).id, ...more };
      const reply = await busy.call("POST", `/opportunities/${id}/moves`, { token: rep.token, body });
      expect(reply.status, reply.text).toBe(200);
    };
    const deal = await makeDeal(busy, crew);
    for (const valueOn of ["2026-11-16", "2026-11-17"]) {
      const payment = await makePayment(busy, { rep, dealId: deal.id }, { valueOn });
      const body = { verdict: "verified", seenVersion: payment.version };
      const path = `/payments/${payment.id}/decisions`;
      expect((await busy.call("POST", path, { token: verifier.token, body })).status).toBe(201);
    }
    const [reopened, deleted] = [await makeOpportunity(busy, rep), await makeOpportunity(busy, rep)];
    await move(reopened.id, "Won");
    await move(reopened.id, "Proposal");
    await move(deleted.id, "Won");
    const headers = { "if-match": '"2"' };
    const removed = await busy.call("DELETE", `/opportunities/${deleted.id}`, { token: rep.token, headers });
    expect(removed.status, removed.text).toBe(204);
  }
});
