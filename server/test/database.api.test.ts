import { sql } from "kysely";
import type { DatabaseError } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database, Handle, Sight } from "#platform/db";
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
const failing: readonly (readonly [what: string, run: (db: Handle["tx"]) => Promise<unknown>, code: string])[] = [
  ["a syntax error", (db) => sql`selekt 1`.execute(db), "42601"],
  ["an unknown table", (db) => sql`select * from nothing_of_the_kind`.execute(db), "42P01"],
  ["a division by zero", (db) => sql`select 1 / ${0}::integer`.execute(db), "22012"],
  ["a value of the wrong type", (db) => sql`select ${"x"}::integer`.execute(db), "22P02"],
  [
    "a broken constraint",
    (db) => sql`insert into probe (organization_id, n) values (app.organization_id(), -1)`.execute(db),
    "23514",
  ],
];

beforeAll(async () => {
  probe = await openProbe();
});
beforeEach(async () => {
  acme = await makeProbeOrganization(probe);
  rival = await makeProbeOrganization(probe);
});
afterAll(() => probe.close());

describe.each([
  { form: "one round trip", oneSync: true },
  { form: "plain", oneSync: false },
])("$form", ({ oneSync }) => {
  let database: Database;
  /** A pool of one: whatever a caller leaves behind, the next one finds. */
  let single: Database;

  beforeAll(() => {
    database = probe.open({ oneSync });
    single = probe.open({ oneSync, connections: 1 });
  });

  const inTransaction = <T>(sight: Sight, run: (handle: Handle) => Promise<T>, on = single): Promise<T> =>
    on.transaction(sight, "write", run);

  describe("sight", () => {
    test.each(["statement", "write", "snapshot"] as const)(
      "a %s sees its organization within the reach, nothing else",
      async (kind) => {
        const look = (sight: Sight): Promise<number[]> =>
          kind === "statement" ? seen(single.session(sight)) : single.transaction(sight, kind, ({ tx }) => seen(tx));
        await put(single.session(rival.all), rival.all, 7);
        expect(await look(acme.all)).toEqual(everything);
        expect(await look(rival.all)).toEqual([1, 2, 3, 7, 10, 20, 100]);
        expect(await look(acme.own)).toEqual([1, 2, 3]);
        expect(await look(acme.team)).toEqual([1, 2, 3, 10, 20]);
        expect(await look({ ...acme.own, reach: "deal:own" })).toEqual([]);
        expect(await look({ ...acme.own, reach: "" })).toEqual([]);
        expect(await look({ ...acme.own, memberId: null })).toEqual([]);
      },
    );

    test("outside of organizations nothing is seen", async () => {
      await seen(single.session(acme.all));
      expect(await seen(single.outside)).toEqual([]);
    });

    test("another organization's rows can be neither written, changed nor deleted", async () => {
      const db = single.session(acme.all);
      await expect(put(db, rival.all, 1)).rejects.toMatchObject({ code: "42501" });
      await expect(sql`update probe set organization_id = ${rival.id}`.execute(db)).rejects.toMatchObject({
        code: "42501",
      });
      await sql`update probe set n = 0 where organization_id = ${rival.id}`.execute(db);
      await sql`delete from probe where organization_id = ${rival.id}`.execute(db);
      expect(await seen(single.session(rival.all))).toEqual(everything);
    });

    test("one prepared statement sees with the eyes of each caller in turn", async () => {
      for (let turn = 0; turn < 8; turn += 1) {
        expect(await seen(single.session(acme.own))).toEqual([1, 2, 3]);
        expect(await seen(single.session(rival.team))).toEqual([1, 2, 3, 10, 20]);
        expect(await inTransaction(acme.all, ({ tx }) => seen(tx))).toEqual(everything);
      }
    });

    test.each([
      ["organizationId", { organizationId: "1' or '1'='1" }],
      ["memberId", { memberId: "nobody" }],
      ["reach", { reach: "customer:own'; --" }],
    ])("a %s that is none is refused before it is sent", (name, wrong) => {
      expect(() => single.session({ ...acme.own, ...wrong })).toThrow(`${name} is not`);
    });

    test("nothing of it is left on the connection, however the call ended", async () => {
      const calls: readonly (() => Promise<unknown>)[] = [
        () => seen(single.session(acme.all)),
        () => sql`selekt`.execute(single.session(acme.all)),
        () => inTransaction(acme.all, async () => {}),
        () => inTransaction(acme.all, ({ tx }) => seen(tx)),
        () => inTransaction(acme.own, ({ tx, widen }) => (widen(), seen(tx))),
        () => inTransaction(acme.own, async ({ widen }) => widen()),
        () => inTransaction(acme.all, ({ tx }) => sql`selekt`.execute(tx)),
        () => inTransaction(acme.all, ({ tx }) => put(tx, acme.all, 666)),
        () => inTransaction(acme.all, () => Promise.reject(new Error("no"))),
        () => single.transaction(acme.all, "snapshot", ({ tx }) => seen(tx)),
      ];
      for (const call of calls) {
        await call().catch(() => {});
        expect(await leftovers(single), String(call)).toBe("");
      }
    });
  });

  describe("a statement that fails", () => {
    test.each(failing)("%s: its error, and the connection goes on", async (_what, run, code) => {
      // A pool of its own: the first statement of a connection prepares what goes before it, too.
      const fresh = probe.open({ oneSync, connections: 1 });
      for (let turn = 0; turn < 2; turn += 1) {
        await expect(run(fresh.session(acme.all) as Handle["tx"])).rejects.toMatchObject({ code });
      }
      expect(await seen(fresh.session(acme.own))).toEqual([1, 2, 3]);
      expect(await inTransaction(rival.own, ({ tx }) => seen(tx), fresh)).toEqual([1, 2, 3]);
    });

    test.each(failing)(
      "%s in a transaction: everything is undone, and the connection goes on",
      async (_what, run, code) => {
        const fresh = probe.open({ oneSync, connections: 1 });
        await expect(inTransaction(acme.all, ({ tx }) => run(tx), fresh)).rejects.toMatchObject({ code });
        const failed = inTransaction(
          acme.all,
          async ({ tx }) => {
            await put(tx, acme.all, 4);
            await run(tx);
          },
          fresh,
        );
        await expect(failed).rejects.toMatchObject({ code });
        expect(await inTransaction(acme.all, ({ tx }) => seen(tx), fresh)).toEqual(everything);
        expect(await leftovers(fresh)).toBe("");
      },
    );

    test("a transaction whose failure was swallowed does not pretend to have committed", async () => {
      const swallowed = inTransaction(acme.all, async ({ tx }) => {
        await put(tx, acme.all, 4);
        await sql`selekt`.execute(tx).catch(() => {});
      });
      await expect(swallowed).rejects.toThrow("rolled back instead of committed");
      expect(await seen(single.session(acme.all))).toEqual(everything);
    });

    test("what is refused at COMMIT is undone, alone or in a transaction", async () => {
      await expect(put(single.session(acme.all), acme.all, 666)).rejects.toMatchObject({ constraint: "probe_late" });
      const late = inTransaction(acme.all, async ({ tx }) => {
        await put(tx, acme.all, 4);
        await put(tx, acme.all, 666);
      });
      await expect(late).rejects.toMatchObject({ constraint: "probe_late" });
      expect(await seen(single.session(acme.all))).toEqual(everything);
    });
  });

  describe("a transaction", () => {
    test("keeps everything or nothing", async () => {
      await inTransaction(acme.all, async ({ tx }) => {
        await put(tx, acme.all, 4);
        await put(tx, acme.all, 5);
      });
      const thrown = inTransaction(acme.all, async ({ tx }) => {
        await put(tx, acme.all, 6);
        throw new Error("changed my mind");
      });
      await expect(thrown).rejects.toThrow("changed my mind");
      expect(await seen(single.session(acme.all))).toEqual([1, 2, 3, 4, 5, 10, 20, 100]);
    });

    test("sees what commits meanwhile where it writes, and one instant where it reads", async () => {
      const around = (mode: "write" | "snapshot"): Promise<number[][]> =>
        database.transaction(acme.all, mode, async ({ tx }) => {
          const before = await seen(tx);
          await put(database.session(acme.all), acme.all, 50);
          return [before, await seen(tx)];
        });
      const [first, then] = await around("snapshot");
      expect(then).toEqual(first);
      const [before, after] = await around("write");
      expect(after).toEqual([...(before ?? []), 50].toSorted((a, b) => a - b));
    });

    test("that reads may not write", async () => {
      const write = single.transaction(acme.all, "snapshot", ({ tx }) => put(tx, acme.all, 4));
      await expect(write).rejects.toMatchObject({ code: "25006" });
    });

    test("widened sees the organization from the next statement on, to its end and no longer", async () => {
      const sights = await inTransaction(acme.own, async ({ tx, widen }) => {
        const before = await seen(tx);
        widen();
        return [before, await seen(tx), await seen(tx)];
      });
      expect(sights).toEqual([[1, 2, 3], everything, everything]);
      expect(await inTransaction(acme.own, ({ tx, widen }) => (widen(), seen(tx)))).toEqual(everything);
      expect(await inTransaction(acme.own, ({ tx }) => seen(tx))).toEqual([1, 2, 3]);
      expect(await seen(single.session(acme.own))).toEqual([1, 2, 3]);
    });

    test("counts the rows of its statement, not of what goes before it", async () => {
      const update = sql`update probe set n = n + 1 where n < 10`;
      const first = await inTransaction(acme.all, ({ tx }) => update.execute(tx));
      const alone = await update.execute(single.session(acme.all));
      expect([first.numAffectedRows, alone.numAffectedRows]).toEqual([3n, 3n]);
      const none = await sql`delete from probe where n = 12345`.execute(single.session(acme.all));
      expect(none).toMatchObject({ rows: [], numAffectedRows: 0n });
    });
  });

  describe("what is written with COMMIT", () => {
    const last = (n: number): Parameters<Handle["beforeCommit"]>[0] => ({
      name: "_probe",
      text: "insert into probe (organization_id, n) values ($1::uuid, $2::integer)",
      values: [acme.id, String(n)],
    });

    test("stays with the transaction, also where it is all there is", async () => {
      await inTransaction(acme.all, async ({ tx, beforeCommit }) => {
        beforeCommit(last(4));
        await put(tx, acme.all, 5);
        expect(await seen(tx)).not.toContain(4);
      });
      await inTransaction(acme.all, async ({ beforeCommit }) => beforeCommit(last(6)));
      expect(await seen(single.session(acme.all))).toEqual([1, 2, 3, 4, 5, 6, 10, 20, 100]);
    });

    test("goes with the transaction", async () => {
      const gone = inTransaction(acme.all, async ({ beforeCommit }) => {
        beforeCommit(last(4));
        throw new Error("no");
      });
      await expect(gone).rejects.toThrow("no");
      expect(await seen(single.session(acme.all))).toEqual(everything);
    });

    test.each([
      ["fails by a constraint", -1, "probe_not_negative"],
      ["fails at COMMIT itself", 666, "probe_late"],
    ])("takes the transaction with it where it %s, and the connection goes on", async (_how, n, constraint) => {
      for (const alone of [true, false]) {
        const failed = inTransaction(acme.all, async ({ tx, beforeCommit }) => {
          if (!alone) await put(tx, acme.all, 4);
          beforeCommit(last(n));
        });
        await expect(failed).rejects.toMatchObject({ constraint });
        expect(await leftovers(single)).toBe("");
        expect(await seen(single.session(acme.all))).toEqual(everything);
        expect(await inTransaction(acme.own, ({ tx }) => seen(tx))).toEqual([1, 2, 3]);
      }
    });
  });

  describe("values", () => {
    test.each<[string, unknown, unknown]>([
      ["bigint", 9_007_199_254_740_993n, 9_007_199_254_740_993n],
      ["bigint", null, null],
      ["integer", 42, 42],
      ["boolean", false, false],
      ["numeric(30,0)", "123456789012345678901234567890", "123456789012345678901234567890"],
      ["date", "2026-02-28", "2026-02-28"],
      ["timestamptz", "2026-11-19T09:12:00+01:00", "2026-11-19T08:12:00.000Z"],
      ["timestamptz", new Date("2026-11-19T09:12:00.123Z"), "2026-11-19T09:12:00.123Z"],
      ["text", "Ünï 'quoted' \\ \"🚚\"; --", "Ünï 'quoted' \\ \"🚚\"; --"],
      ["text", "", ""],
      ["jsonb", JSON.stringify({ a: [1, null, "ü"] }), { a: [1, null, "ü"] }],
      ["text[]", ["a,b", '"', "", "{}"], ["a,b", '"', "", "{}"]],
      ["uuid[]", [], []],
      ["bigint[]", ["1", "9007199254740993"], ["1", "9007199254740993"]],
      ["date[]", ["2026-01-01", "2026-12-31"], ["2026-01-01", "2026-12-31"]],
      ["bytea", Buffer.from([0, 255, 92]), Buffer.from([0, 255, 92])],
    ])("a %s %o comes back as %o, alone and in a transaction", async (type, sent, expected) => {
      const query = sql<{ value: unknown }>`select ${sent}::${sql.raw(type)} as value`;
      const alone = await query.execute(single.session(acme.all));
      const together = await inTransaction(acme.all, ({ tx }) => query.execute(tx));
      expect([alone.rows, together.rows]).toEqual([[{ value: expected }], [{ value: expected }]]);
    });
  });

  test("tells each statement's text, and not what is sent with it", async () => {
    const told: string[] = [];
    const watched = probe.open({ oneSync, onStatement: (text) => void told.push(text) });
    await seen(watched.session(acme.all));
    await watched.transaction(acme.own, "write", async ({ tx, widen }) => {
      widen();
      await seen(tx);
    });
    await sql`selekt`.execute(watched.outside).catch((error: DatabaseError) => error);
    expect(told).toEqual(["select n from probe order by n", "select n from probe order by n", "selekt"]);
  });
});
