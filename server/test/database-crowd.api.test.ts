import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#platform/context";
import type { Database } from "#platform/db";
import { inRead, inTransaction, noOrigin, type Caller, type Workplace } from "#platform/tenant";
import {
  leftovers,
  makeProbeOrganization,
  openProbe,
  put,
  seen,
  type Probe,
  type ProbeOrganization,
} from "./generated/probe.ts";

let probe: Probe;
let acme: ProbeOrganization;
let rival: ProbeOrganization;

const everything = [1, 2, 3, 10, 20, 100];
const numbersOf = (ctx: Context): Promise<number[]> => seen(ctx.tx);

beforeAll(async () => {
  probe = await openProbe();
});
beforeEach(async () => {
  acme = await makeProbeOrganization(probe);
  rival = await makeProbeOrganization(probe);
});
afterAll(() => probe.close());

/** The system at work for an organization. */
function callerOf({ id }: ProbeOrganization): Caller {
  const actor = {
    organizationId: id as never,
    memberId: null,
    sessionId: null,
    name: "",
    roles: [],
    grants: new Map(),
    ownersInSight: 0,
  };
  const organization = { name: "", currency: "USD", timeZone: "UTC", workdays: [], holidays: [] };
  return { actor, organization, now: new Date("2026-11-19T09:12:00Z"), origin: noOrigin };
}

type Told = { wakes: number; hints: number; effects: number };

function workplaceOf(database: Database): Workplace & { readonly told: Told } {
  const told: Told = { wakes: 0, hints: 0, effects: 0 };
  const nobody = (): never => {
    throw new Error("nobody is looked up here");
  };
  return {
    database,
    told,
    directory: { organizationOf: nobody, actorOf: nobody },
    wake: () => void (told.wakes += 1),
    sendHints: (hints) => void (told.hints += hints.length),
  };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`still not: ${String(condition)}`);
    await pause(5);
  }
}

describe.each([
  { form: "one round trip", oneSync: true },
  { form: "plain", oneSync: false },
])("$form", ({ oneSync }) => {
  const open = (connections: number): Database => probe.open({ oneSync, connections });

  describe("many at once", () => {
    test("statements and transactions of many callers share two connections", async () => {
      const database = open(2);
      const tasks = Array.from({ length: 60 }, (_, index) => async (): Promise<number[]> => {
        const { own, team } = index % 2 === 0 ? acme : rival;
        if (index % 3 === 0) return seen(database.session(own));
        if (index % 3 === 1) return database.transaction(own, "snapshot", ({ tx }) => seen(tx));
        return (await database.transaction(team, "write", ({ tx }) => seen(tx))).slice(0, 3);
      });
      const results = await Promise.all(tasks.map((task) => task()));
      expect(results).toEqual(tasks.map(() => [1, 2, 3]));
      expect(await seen(database.outside)).toEqual([]);
    });

    type Act = { readonly who: 0 | 1; readonly how: number; readonly n: number };
    const act = fc.record<Act>({ who: fc.constantFrom(0, 1), how: fc.nat(7), n: fc.nat(600) });

    /** @returns the number that has to be there afterwards, or null */
    async function perform(
      database: Database,
      { id, all, own }: ProbeOrganization,
      { how, n }: Act,
    ): Promise<number | null> {
      const mine = async (db: Parameters<typeof seen>[0]): Promise<void> => {
        const { rows } = await sql<{ organization_id: string }>`select distinct organization_id from probe`.execute(db);
        expect(rows).toEqual([{ organization_id: id }]);
      };
      const transaction = database.transaction.bind(database);
      const none = (): null => null;
      const acts: readonly (() => Promise<number | null>)[] = [
        () => mine(database.session(all)).then(none),
        () => mine(database.session(own)).then(none),
        () => put(database.session(all), all, n).then(() => n),
        () => transaction(own, "write", async ({ tx, widen }) => (await put(tx, own, n), widen(), await mine(tx), n)),
        () =>
          transaction(all, "write", async ({ tx }) => (await put(tx, all, n), Promise.reject(new Error("no")))).catch(
            none,
          ),
        () => put(database.session(all), all, -1).then(none, none),
        () => transaction(all, "write", ({ tx }) => put(tx, all, 666)).then(none, none),
        () => transaction(all, "snapshot", ({ tx }) => mine(tx)).then(none),
      ];
      return (acts[how] ?? none)();
    }

    test("two organizations hammering the same connections never see each other, and lose nothing", async () => {
      const database = open(3);
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
          const pair = await Promise.all([makeProbeOrganization(probe), makeProbeOrganization(probe)]);
          const kept = await Promise.all(
            acts.map(async (one) => ({ who: one.who, n: await perform(database, pair[one.who], one) })),
          );
          for (const who of [0, 1] as const) {
            const added = kept.flatMap((one) => (one.who === who && one.n !== null ? [one.n] : []));
            expect(await seen(database.session(pair[who].all))).toEqual(
              [...everything, ...added].toSorted((a, b) => a - b),
            );
          }
          expect(await leftovers(database)).toBe("");
        }),
        { numRuns: 25, seed: 20_261_119 },
      );
    });

    test("more texts than are kept prepared still answer", async () => {
      const db = open(1).session(acme.all);
      for (let number = 0; number < 1100; number += 1) {
        const { rows } = await sql<{ found: number }>`select ${sql.lit(number)}::integer as found`.execute(db);
        expect(rows[0]?.found).toBe(number);
      }
      expect(await seen(db)).toEqual(everything);
    });
  });

  describe("two writers that cross", () => {
    test("a deadlock undoes one of them, which goes again by itself", async () => {
      const workplace = workplaceOf(open(4));
      let attempts = 0;
      let waiting = 0;
      const crossed = async (first: number, second: number): Promise<void> =>
        inTransaction(workplace, callerOf(acme), async ({ tx }) => {
          attempts += 1;
          await sql`update probe set owner_id = owner_id where n = ${first}`.execute(tx);
          waiting += 1;
          await until(() => waiting >= 2);
          await sql`update probe set owner_id = owner_id where n = ${second}`.execute(tx);
        });
      await Promise.all([crossed(1, 2), crossed(2, 1)]);
      // A busy machine may let them cross again.
      expect(attempts).toBeGreaterThanOrEqual(3);
      expect(workplace.told).toEqual({ wakes: 0, hints: 0, effects: 0 });
    });

    const raise = (code: string): ReturnType<typeof sql> =>
      sql`do ${sql.lit(`begin raise exception 'crossed' using errcode = '${code}'; end`)}`;

    test.each(["40001", "40P01"])("%s is tried again, and what was announced counts once", async (code) => {
      const workplace = workplaceOf(open(1));
      let attempts = 0;
      const found = await inTransaction(workplace, callerOf(acme), async (ctx) => {
        attempts += 1;
        await put(ctx.tx, acme.all, 4);
        ctx.emit({ type: "organization.changed", recordId: null, facts: {} });
        ctx.hint({ entity: "team", id: null, version: null, rooms: [] });
        ctx.afterCommit(() => void (workplace.told.effects += 1));
        if (attempts < 4) await raise(code).execute(ctx.tx);
        return numbersOf(ctx);
      });
      expect(attempts).toBe(4);
      expect(found).toEqual([1, 2, 3, 4, 10, 20, 100]);
      expect(await seen(workplace.database.session(acme.all))).toEqual(found);
      expect(workplace.told).toEqual({ wakes: 1, hints: 1, effects: 1 });
      const { rows } = await probe.owner.query("select type from outbox where organization_id = $1", [acme.id]);
      expect(rows).toEqual([{ type: "organization.changed" }]);
    });

    test("after four attempts it is given up, and nothing is announced", async () => {
      const workplace = workplaceOf(open(1));
      let attempts = 0;
      const crossing = inTransaction(workplace, callerOf(acme), async (ctx) => {
        attempts += 1;
        ctx.emit({ type: "organization.changed", recordId: null, facts: {} });
        ctx.afterCommit(() => void (workplace.told.effects += 1));
        await raise("40001").execute(ctx.tx);
      });
      await expect(crossing).rejects.toMatchObject({ code: "40001" });
      expect(attempts).toBe(4);
      expect(workplace.told).toEqual({ wakes: 0, hints: 0, effects: 0 });
      const { rowCount } = await probe.owner.query("select from outbox where organization_id = $1", [acme.id]);
      expect(rowCount).toBe(0);
    });

    test("any other error is not tried again", async () => {
      let attempts = 0;
      const failing = inTransaction(workplaceOf(open(1)), callerOf(acme), async ({ tx }) => {
        attempts += 1;
        await put(tx, acme.all, -1);
      });
      await expect(failing).rejects.toMatchObject({ code: "23514" });
      expect(attempts).toBe(1);
    });
  });

  test("a read announces nothing and changes nothing", async () => {
    const workplace = workplaceOf(open(1));
    for (const consistency of ["statement", "snapshot"] as const) {
      const read = inRead(workplace, callerOf(acme), consistency, async (ctx) => {
        expect(await numbersOf(ctx)).toEqual(everything);
        ctx.emit({ type: "organization.changed", recordId: null, facts: {} });
      });
      await expect(read).rejects.toThrow("A read changes nothing");
    }
  });

  describe("a connection that is cut off", () => {
    const pidOf = async (database: Database): Promise<number> =>
      (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.session(acme.all))).rows[0]?.pid ??
      0;
    const cut = (pid: number): Promise<unknown> => probe.owner.query("select pg_terminate_backend($1)", [pid]);

    test("while idle is replaced", async () => {
      const database = open(1);
      await cut(await pidOf(database));
      await until(() => database.pool.totalCount === 0);
      expect(await seen(database.session(acme.all))).toEqual(everything);
    });

    test("under a statement fails that statement alone", async () => {
      const database = open(1);
      const pid = await pidOf(database);
      const slow = sql`select pg_sleep(60)`.execute(database.session(acme.all)).then(() => "done", String);
      await sleepingIn(pid);
      await cut(pid);
      expect(await slow).toMatch(/terminat/);
      expect(await seen(database.session(rival.all))).toEqual(everything);
    });

    test("in a transaction undoes it, and the next call works", async () => {
      const database = open(1);
      const pid = await pidOf(database);
      const broken = database.transaction(acme.all, "write", async ({ tx, beforeCommit }) => {
        await put(tx, acme.all, 4);
        beforeCommit({ name: "_late", text: "select 1", values: [] });
        await cut(pid);
      });
      await expect(broken).rejects.toThrow(/terminat|connection|ECONNRESET|EPIPE/);
      expect(await seen(database.session(acme.all))).toEqual(everything);
      expect(await database.transaction(acme.own, "write", ({ tx }) => seen(tx))).toEqual([1, 2, 3]);
    });

    async function sleepingIn(pid: number): Promise<void> {
      const isSleeping = "select wait_event = 'PgSleep' as asleep from pg_stat_activity where pid = $1";
      const deadline = Date.now() + 10_000;
      while ((await probe.owner.query(isSleeping, [pid])).rows[0]?.asleep !== true) {
        if (Date.now() > deadline) throw new Error("the statement did not start");
      }
    }
  });
});
