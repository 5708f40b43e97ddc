import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  creditDeal,
  makeCrew,
  makeDeal,
  makeOrganization,
  makePayment,
  pipelineOf,
  stageNamed,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asServerRole } from "../../../../test/sql.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew & { teamId: string };
let stages: Awaited<ReturnType<typeof pipelineOf>>;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  stages = await pipelineOf(app, acme.admin);
});
afterAll(() => app.close());

const read = (id: string) => app.call("GET", `/deals/${id}`, { token: acme.admin.token });
const draft = () => makeDeal(app, { rep: crew.rep });
const submit = (id: string, by: Person = crew.rep) => app.call("POST", `/deals/${id}/submit`, { token: by.token });
const codeOf = ({ status, body }: { status: number; body: any }): [number, string] => [status, body.code];

describe("a won opportunity that is taken back", () => {
  const reopen = (deal: any) =>
    app.call("POST", `/opportunities/${deal.opportunity.id}/moves`, {
      token: crew.manager.token,
      body: { stageId: stageNamed(stages, "Negotiation").id },
    });
  const remove = async (deal: any) => {
    const { version } = (await app.call("GET", `/opportunities/${deal.opportunity.id}`, { token: crew.manager.token }))
      .body;
    return app.call("DELETE", `/opportunities/${deal.opportunity.id}`, {
      token: crew.manager.token,
      headers: { "if-match": `"${version}"` },
    });
  };

  test.each([
    ["reopened", reopen],
    [
      "lost after all",
      (deal: any) =>
        app.call("POST", `/opportunities/${deal.opportunity.id}/moves`, {
          token: crew.manager.token,
          body: { stageId: stageNamed(stages, "Lost").id, lostReason: "price" },
        }),
    ],
    ["put into the trash", remove],
  ])("takes a draft nobody has worked on with it: %s", async (_how, takeBack) => {
    const deal = await draft();
    expect((await takeBack(deal)).status).toBeLessThan(300);
    expect((await read(deal.id)).status).toBe(404);
  });

  test("gets a new deal when it is won again, and when it is restored from the trash", async () => {
    const first = await draft();
    await reopen(first);
    await app.call("POST", `/opportunities/${first["opportunity"].id}/moves`, {
      token: crew.rep.token,
      body: { stageId: stageNamed(stages, "Won").id },
    });
    const dealOf = async () =>
      (await app.call("GET", `/deals?opportunityId=${first["opportunity"].id}`, { token: crew.rep.token })).body.items;
    const [second] = await dealOf();
    expect(second).toMatchObject({ status: "draft" });
    expect(second.id).not.toBe(first.id);
    await remove(second);
    expect(await dealOf()).toEqual([]);
    await app.call("POST", `/opportunities/${first["opportunity"].id}/restorations`, { token: crew.rep.token });
    expect(await dealOf()).toMatchObject([{ status: "draft" }]);
  });

  test.each([
    ["is submitted", async () => (await submit((await draft()).id)).body],
    ["is approved", () => makeDeal(app, crew)],
    [
      "has a payment, be it a draft",
      async () => {
        const deal = await draft();
        await makePayment(app, { rep: crew.rep, dealId: deal.id }, {}, "draft");
        return deal;
      },
    ],
  ])("409 deal_in_progress where its deal %s: it stays won, and the deal stays", async (_how, make) => {
    const deal = (await read((await make()).id)).body;
    for (const takeBack of [reopen, remove]) {
      const reply = await takeBack(deal);
      expect(codeOf(reply)).toEqual([409, "deal_in_progress"]);
      expect(reply.body.detail).toContain(deal.number);
    }
    expect((await read(deal.id)).body).toEqual(deal);
    const opportunity = await app.call("GET", `/opportunities/${deal.opportunity.id}`, { token: crew.rep.token });
    expect(opportunity.body.stage.kind).toBe("won");
  });

  test("of a reopening and a submission at once, one wins and the other is refused", async () => {
    for (let round = 0; round < 4; round += 1) {
      const deal = await draft();
      const [reopened, sent] = await Promise.all([reopen(deal), submit(deal.id)]);
      const isGone = (await read(deal.id)).status === 404;
      expect([reopened.status, sent.status]).toEqual(isGone ? [200, 404] : [409, 200]);
    }
  });
});

describe("four eyes below the application", () => {
  const set = (assignments: string, id: string, values: unknown[] = []) =>
    asServerRole(app, acme.id, (client) =>
      client.query(`update deal set ${assignments} where id = $1`, [id, ...values]),
    );

  test("approval by SQL is refused for submitter, owner and whoever is credited, also with a forged submitter", async () => {
    const deal = await draft();
    const { id } = deal;
    await creditDeal(app, acme, deal, [
      [crew.rep, 6_000],
      [crew.verifier, 4_000],
    ]);
    await submit(id, crew.manager);
    const approve = "status = 'approved', approved_at = now(), approved_by = $2";
    expect(await set(approve, id, [crew.manager.id])).toBe("self_approval");
    expect(await set(approve, id, [crew.rep.id])).toBe("self_approval");
    expect(await set(approve, id, [crew.verifier.id])).toBe("self_approval");
    expect(await set(approve, id, [null])).toBe("self_approval");
    expect(await set(`${approve}, submitted_by = $3`, id, [crew.rep.id, acme.admin.id])).toBe("self_approval");
    expect(await set(`${approve}, submitted_by = null`, id, [crew.rep.id])).toBe("self_approval");
    expect(await set("status = 'approved'", id)).toBe("self_approval");
    expect((await read(id)).body.status).toBe("submitted");
  });

  test("what was approved is frozen: amount, currency, customer, status and credits; the deal stays", async () => {
    const deal = await makeDeal(app, crew);
    const { id } = deal;
    const before = (await read(id)).body;
    expect(await set("amount_minor = 1", id)).toBe("23001");
    expect(await set("currency = 'EUR'", id)).toBe("23001");
    expect(await set("status = 'draft'", id)).toBe("23001");
    expect(await set("submitted_by = $2", id, [acme.admin.id])).toBe("23001");
    expect(await set("approved_by = $2", id, [acme.admin.id])).toBe("23001");
    expect(await creditDeal(app, acme, deal, [[crew.manager, 10_000]])).toBe("23001");
    expect(await asServerRole(app, acme.id, (client) => client.query("delete from deal where id = $1", [id]))).toBe(
      "23001",
    );
    expect((await read(id)).body).toEqual(before);
  });

  test("revenue credits total the whole, also when two sessions insert halves that fit each other", async () => {
    const deal = await draft();
    expect(await creditDeal(app, acme, deal, [[crew.rep, 9_000]])).toBe("splits_must_total_10000_bp");
    expect(
      await creditDeal(app, acme, deal, [
        [crew.rep, 10_000],
        [crew.verifier, 1],
      ]),
    ).toBe("splits_must_total_10000_bp");
    const outcomes = await Promise.all([
      creditDeal(app, acme, deal, [[crew.rep, 10_000]]),
      creditDeal(app, acme, deal, [[crew.verifier, 10_000]]),
    ]);
    expect(outcomes).toContain("committed");
    const { credits } = (await read(deal.id)).body;
    expect(credits.map(({ basisPoints }: { basisPoints: number }) => basisPoints)).toEqual([10_000]);
  });
});
