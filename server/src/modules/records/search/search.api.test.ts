import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeCustomer,
  makeDeal,
  makeMember,
  makeOpportunity,
  makeOrganization,
  pipelineOf,
  stageNamed,
  type Crew,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let crew: Crew;
let stranger: Person;

beforeAll(async () => {
  app = await openApp();
  const acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  stranger = await makeMember(app, acme, ["sales_rep"]);
});
afterAll(() => app.close());

const search = async (person: Person, q: string) =>
  (await app.call("GET", `/search?q=${encodeURIComponent(q)}`, { token: person.token })).body.items;

describe("GET /search", () => {
  test("200 finds by the beginning of a title and by number, one of each kind first", async () => {
    const customer = await makeCustomer(app, crew.rep, { name: "Kestrel Aerospace", industry: "Aviation" });
    const opportunity = await makeOpportunity(app, crew.rep, { title: "Kestrel fleet", customerId: customer.id });
    const found = await search(crew.rep, "kestrel");
    expect(found).toEqual(
      expect.arrayContaining([
        {
          entity: "customer",
          id: customer.id,
          number: customer.number,
          title: "Kestrel Aerospace",
          subtitle: "Aviation",
        },
        {
          entity: "opportunity",
          id: opportunity.id,
          number: opportunity.number,
          title: "Kestrel fleet",
          subtitle: "Kestrel Aerospace",
        },
      ]),
    );
    expect(await search(crew.rep, opportunity.number.toLowerCase())).toEqual([
      expect.objectContaining({ id: opportunity.id }),
    ]);
    const deal = await makeDeal(app, crew);
    expect(await search(crew.verifier, deal.number)).toEqual([
      expect.objectContaining({ entity: "deal", id: deal.id }),
    ]);
  });

  test("200 keeps to what the viewer sees", async () => {
    await makeOpportunity(app, crew.rep, { title: "Secret plan", customerId: null });
    expect(await search(crew.manager, "secret")).toHaveLength(1);
    expect(await search(stranger, "secret")).toEqual([]);
    const outsider = await makeOrganization(app);
    expect(await search(outsider.admin, "secret")).toEqual([]);
  });

  test.each(["", "a", "%%", "__", "'; drop table customer --", "\\", "🚚🚚", "x".repeat(2000), "the of", "مرحبا‏"])(
    "200 takes %j literally",
    async (q) => {
      expect(await search(crew.rep, q)).toEqual([]);
    },
  );

  test("200 finds by accents, words in any order, a slip, an address, a number in any form, an amount", async () => {
    const customer = await makeCustomer(app, crew.rep, {
      name: "Zürcher Käsehandel & Söhne GmbH",
      email: "einkauf+ost@kaesehandel.example",
      phone: "+41 44 668 18 00",
      website: "https://www.zuercher-kaese.example/shop",
    });
    const sale = await makeOpportunity(app, crew.rep, {
      title: "Ράφια για την Αθήνα",
      amount: { amount: "8765.43", currency: "USD" },
    });
    for (const q of [
      "zurcher",
      "KÄSEHANDEL",
      "sohne kasehandel",
      "kasehndel",
      "zurhcer",
      "zurcherkasehandel",
      "einkauf",
    ]) {
      expect([q, (await search(crew.rep, q))[0]?.id]).toEqual([q, customer.id]);
    }
    for (const q of ["einkauf+ost@", "zuercher-kaese.example", "044 668 18 00", "0041446681800", "6681800"]) {
      expect([q, (await search(crew.rep, q))[0]?.id]).toEqual([q, customer.id]);
    }
    for (const q of ["ραφια", "ΑΘΉΝΑ", "8765.43", "8,765.43", '"την αθηνα"', "ραφια -customer"]) {
      expect([q, (await search(crew.rep, q))[0]?.id]).toEqual([q, sale.id]);
    }
    expect(await search(crew.rep, "ραφια -αθηνα")).toEqual([]);
    expect(await search(crew.rep, '"αθηνα την"')).toEqual([]);
    await app.call("PATCH", `/customers/${customer.id}`, {
      token: crew.rep.token,
      body: { name: "Basler Laden", seenVersion: customer.version },
    });
    expect((await search(crew.rep, "basler"))[0]?.id).toBe(customer.id);
    expect(await search(crew.rep, "zurcherkasehandel")).toEqual([]);
  });

  test("200 keeps to the operators", async () => {
    const wanted = await makeOpportunity(app, crew.rep, {
      title: "Quokka rollout",
      amount: { amount: "5000.00", currency: "USD" },
    });
    const small = await makeOpportunity(app, crew.manager, {
      title: "Quokka trial",
      amount: { amount: "10.00", currency: "USD" },
    });
    await makeCustomer(app, crew.rep, { name: "Quokka Inc" });
    const ids = async (q: string): Promise<string[]> =>
      (await search(crew.manager, q)).map(({ id }: { id: string }) => id).toSorted();
    expect(await ids("quokka type:opportunity")).toEqual([wanted.id, small.id].toSorted());
    expect(await ids("quokka >1k")).toEqual([wanted.id]);
    expect(await ids("type:sale quokka <1000")).toEqual([small.id]);
    expect(await ids("type:opportunity quokka owner:me")).toEqual([small.id]);
    expect(await ids("quokka stage:nowhere")).toEqual([]);
    expect(await ids("quokka type:sale stage:qual")).toEqual([wanted.id, small.id].toSorted());
    expect(await ids("type:sale owner:me <11")).toEqual([small.id]);
    expect(await ids("owner:nobody")).toEqual([]);
  });
});

describe("GET /trash", () => {
  test("200 lists what the viewer can restore, 403 for who may delete nothing", async () => {
    const { id, number } = await makeOpportunity(app, crew.rep, { title: "Thrown away" });
    await app.call("DELETE", `/opportunities/${id}`, { token: crew.rep.token, headers: { "if-match": '"1"' } });
    const trash = (person: Person) => app.call("GET", "/trash?entity=opportunity", { token: person.token });
    expect((await trash(crew.rep)).body.items[0]).toMatchObject({
      id,
      number,
      title: "Thrown away",
      deletedBy: { id: crew.rep.id },
    });
    expect((await trash(stranger)).body.items).toEqual([]);
    expect((await trash(crew.verifier)).status).toBe(403);
    expect(await search(crew.rep, "Thrown")).toEqual([]);
  });
});

describe("GET /opportunities/{id}/timeline", () => {
  test("200 tells what happened to it and to its deal, newest first", async () => {
    const { id } = await makeOpportunity(app, crew.rep);
    const won = stageNamed(await pipelineOf(app, crew.rep), "Won");
    await app.call("POST", `/opportunities/${id}/moves`, { token: crew.rep.token, body: { stageId: won.id } });
    await app.settle();
    const timeline = await app.call("GET", `/opportunities/${id}/timeline`, { token: crew.manager.token });
    expect(timeline.body.items.map((entry: { type: string }) => entry.type)).toEqual([
      "deal.opened",
      "opportunity.won",
      "opportunity.created",
    ]);
    expect(timeline.body.items[1]).toMatchObject({
      actor: { id: crew.rep.id },
      facts: { fromStage: "Qualified", toStage: "Won" },
    });
    expect((await app.call("GET", `/opportunities/${id}/timeline`, { token: stranger.token })).status).toBe(404);
  });
});
