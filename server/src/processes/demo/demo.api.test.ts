import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAuditLog } from "#modules/organization";
import { inRead, systemCaller } from "#platform/tenant";
import { openApp, type TestApp } from "../../../test/app.ts";
import { asOwner } from "../../../test/sql.ts";
import type { Runtime } from "../runtime.ts";
import { demoPassword } from "./cast.ts";
import { fillDemo } from "./fill-demo.ts";
import { tellStory, type DemoStory } from "./story.ts";

/** The same history with fewer sales, those of all outcomes among them: seconds instead of half a minute. */
function shortStory(today: string): DemoStory {
  const { sales, ...story } = tellStory(today);
  const kinds = Map.groupBy(sales, ({ outcome, payments }) => (payments.length > 0 ? "paid" : outcome));
  const some = [...kinds.values()].flatMap((all) => all.slice(-10));
  return { ...story, sales: some.toSorted((a, b) => a.index - b.index) };
}

const fill = (runtime: Runtime): Promise<boolean> => fillDemo(runtime, () => {}, shortStory);

let whole: TestApp;
beforeAll(async () => {
  whole = await openApp();
  expect(await fill(whole.runtime)).toBe(true);
  await whole.settle();
}, 120_000);
afterAll(() => whole.close());

/** What the organization holds, by person rather than by id: two fills of one day agree in all of it. */
async function figuresOf(app: TestApp): Promise<Record<string, any[]>> {
  const by = (text: string): Promise<any[]> => asOwner(app, text);
  const name = "(select m.last_name from member m where m.id = t.owner_id)";
  return {
    opportunities: await by(
      `select ${name} as who, kind, count(*)::int, sum(amount_minor)::text as amount from opportunity t join stage s on s.id = t.stage_id
       group by 1, 2 order by 1, 2`,
    ),
    deals: await by(
      `select ${name} as who, status, count(*)::int, sum(amount_minor)::text as amount from deal t group by 1, 2 order by 1, 2`,
    ),
    payments: await by(
      `select ${name} as who, status, count(*)::int, sum(amount_minor)::text as amount from payment t group by 1, 2 order by 1, 2`,
    ),
    commission: await by(
      `select ${name} as who, count(*)::int, sum(amount_minor)::text as amount from ledger_txn t group by 1 order by 1`,
    ),
    revenue: await by(
      `select ${name} as who, metric, sum(amount_minor)::text as amount, sum(count)::int as count from daily_metric t
       group by 1, 2 order by 1, 2`,
    ),
    rows: await by(
      `select (select count(*)::int from customer) as customers, (select count(*)::int from member) as members,
         (select count(*)::int from team) as teams, (select count(*)::int from goal) as goals,
         (select count(*)::int from file) as files, (select count(*)::int from stage_history) as moves,
         (select count(*)::int from payment_decision) as decisions`,
    ),
  };
}

describe("the demo organization", () => {
  test("is filled once: a second fill finds it complete and changes nothing", async () => {
    const before = await figuresOf(whole);
    expect(await fill(whole.runtime)).toBe(false);
    await whole.settle();
    expect(await figuresOf(whole)).toEqual(before);
  });

  test("holds what its story tells", async () => {
    const story = shortStory("2026-11-19");
    const [{ opportunities, won, deals, payments, decided }] = await asOwner(
      whole,
      `select (select count(*)::int from opportunity) as opportunities, (select count(*)::int from deal) as deals,
         (select count(*)::int from opportunity o join stage s on s.id = o.stage_id where s.kind = 'won') as won,
         (select count(*)::int from payment) as payments,
         (select count(*)::int from payment where status = 'verified') as decided`,
    );
    const isWon = story.sales.filter(({ outcome }) => outcome === "won").length;
    const paid = story.sales.flatMap((sale) => sale.payments);
    expect({ opportunities, won, deals }).toEqual({ opportunities: story.sales.length, won: isWon, deals: isWon });
    expect(payments).toBe(paid.length);
    expect(decided).toBe(paid.filter(({ decidedOn }) => decidedOn !== null).length);
  });

  test("ties out: revenue, ledger and roll-ups are the sums of the verified payments", async () => {
    const revenue = `select owner_id, sum(amount_minor)::text as amount from`;
    expect(
      await asOwner(whole, `${revenue} daily_metric where metric = 'verified_revenue' group by 1 order by 1`),
    ).toEqual(await asOwner(whole, `${revenue} payment where status = 'verified' group by 1 order by 1`));
    const [sums] = await asOwner(
      whole,
      `select (select sum(amount_minor) from ledger_line)::text as balance,
         (select sum(amount_minor) from ledger_line where account = 'payable')::text as payable,
         (select sum(amount_minor) from ledger_txn)::text as posted,
         (select sum(credited_minor) from ledger_txn)::text as credited,
         (select sum(amount_minor) from payment where status = 'verified')::text as verified,
         (select count(*)::int from payment where status = 'verified') as payments,
         (select count(distinct payment_id)::int from ledger_txn) as postings`,
    );
    expect(sums.balance).toBe("0");
    expect(sums.payable).toBe(sums.posted);
    expect(sums.credited).toBe(sums.verified);
    expect(sums.postings).toBe(sums.payments);
    expect(
      await asOwner(
        whole,
        `select stage_id, owner_id, sum(count)::int as count, sum(amount_minor)::text as amount from stage_total
         group by 1, 2 having sum(count) <> 0 order by 1, 2`,
      ),
    ).toEqual(
      await asOwner(
        whole,
        `select stage_id, owner_id, count(*)::int as count, coalesce(sum(amount_minor), 0)::text as amount from opportunity
         group by 1, 2 order by 1, 2`,
      ),
    );
  });

  test("was decided by people without a stake, and nothing of it lies in the future", async () => {
    const [faults] = await asOwner(
      whole,
      `select (select count(*)::int from payment_decision d join payment p on p.id = d.payment_id where d.decided_by in (p.owner_id, p.submitted_by)) as own,
         (select count(*)::int from deal where approved_by in (owner_id, submitted_by)) as own_deals,
         (select count(*)::int from event_log where occurred_at > $1) as future`,
      [whole.now().toISOString()],
    );
    expect(faults).toEqual({ own: 0, own_deals: 0, future: 0 });
  });

  test("has a sound audit log, and people who can sign in", async () => {
    const [{ id }] = await asOwner(whole, "select id from organization");
    const system = await systemCaller(whole.runtime.workplace, id, whole.now());
    const { firstBadSeq, entries } = await inRead(whole.runtime.workplace, system, "statement", verifyAuditLog);
    expect(firstBadSeq).toBeNull();
    expect(entries).toBeGreaterThan(300);
    for (const name of ["maya.okafor", "daniel.reyes", "priya.natarajan", "ingrid.solberg"]) {
      const body = { email: `${name}@halden.example`, password: demoPassword };
      expect((await whole.call("POST", "/auth/login", { body })).status).toBe(200);
    }
  });
});

test("a fill that was cut off in the middle goes on, and ends with the same figures", async () => {
  const app = await openApp();
  const { storage } = app.runtime;
  // The disk gives out while several sales are under way.
  let files = 0;
  const failing: Runtime = {
    ...app.runtime,
    storage: {
      ...storage,
      async store(...given) {
        files += 1;
        if (files > 9) throw new Error("the disk is gone");
        return storage.store(...given);
      },
    },
  };
  await expect(fill(failing)).rejects.toThrow("This was not your fault");
  expect(await fill(app.runtime)).toBe(true);
  await app.settle();
  expect(await figuresOf(app)).toEqual(await figuresOf(whole));
  await app.close();
}, 120_000);
