import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import type { Reply } from "../../../../test/calling.ts";
import { asOwner } from "../../../../test/sql.ts";
import {
  creditDeal,
  makeContact,
  makeCrew,
  makeCustomer,
  makeDeal,
  makeInteraction,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makePayment,
  statusesOf,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew;
let colleague: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  colleague = await makeMember(app, acme, ["sales_rep"]);
});
afterAll(() => app.close());

type Seen = { readonly id: string; readonly version: number };
type Merge = { readonly choices?: Record<string, string>; readonly path?: string };

const merge = (
  who: Person,
  kept: Seen,
  others: readonly Seen[],
  { choices, path = "merges" }: Merge = {},
  entity = "customers",
): Promise<Reply<any>> =>
  app.call("POST", `/${entity}/${kept.id}/${path}`, {
    token: who.token,
    body: {
      seenVersion: kept.version,
      others: others.map(({ id, version }) => ({ id, seenVersion: version })),
      ...(choices === undefined ? {} : { choices }),
    },
  });
const get = (who: Person, path: string): Promise<Reply<any>> => app.call("GET", path, { token: who.token });
const itemsOf = async (who: Person, path: string): Promise<any[]> => (await get(who, path)).body.items;

async function paidDeal(
  rep: Person,
  customerId: string,
  earner: Person = rep,
): Promise<{ dealId: string; paymentId: string }> {
  const deal = await makeDeal(app, { rep }, { customerId });
  if (earner !== rep) await creditDeal(app, acme, deal, [[earner, 10_000]]);
  await app.call("POST", `/deals/${deal.id}/submit`, { token: rep.token });
  await app.call("POST", `/deals/${deal.id}/approve`, { token: crew.manager.token });
  const payment = await makePayment(app, { rep, dealId: deal.id });
  const verified = await app.call("POST", `/payments/${payment.id}/approve`, {
    token: crew.verifier.token,
    body: { seenVersion: payment.version },
  });
  expect(verified.status, verified.text).toBe(201);
  return { dealId: deal.id, paymentId: payment.id };
}

/** Everything that is added up anywhere: nothing of it may change. */
async function totals(): Promise<unknown> {
  const [row] = await asOwner(
    app,
    `select (select jsonb_agg(x order by x) from (select status || count(*) || sum(amount_minor) as x from deal where organization_id = $1 group by status) d) as deals,
       (select jsonb_agg(x order by x) from (select status || count(*) || sum(amount_minor) as x from payment where organization_id = $1 group by status) d) as payments,
       (select sum(amount_minor) from ledger_line where organization_id = $1 and amount_minor > 0) as ledger,
       (select sum(amount_minor) from verified_credit where organization_id = $1) as credits,
       (select count(*) || ' ' || sum(amount_minor) from opportunity where organization_id = $1) as sales,
       (select jsonb_agg(to_jsonb(s) order by stage_id, owner_key) from stage_total s where organization_id = $1) as board`,
    [acme.id],
  );
  return row;
}

describe("POST /customers/{customerId}/merges", () => {
  test("201 takes each field from where it was chosen, hangs everything on the one that stays, and changes no sum", async () => {
    const kept = await makeCustomer(app, crew.rep, { name: "Kestrel", industry: "Aviation", tags: ["north"] });
    const other = await makeCustomer(app, crew.rep, {
      name: "Kestrel Aerospace GmbH",
      phone: "+49 30 1234567",
      industry: "Aerospace",
      tags: ["VIP", "North"],
      externalId: `ext-${kept.id}`,
    });
    const both = await makeContact(app, crew.rep, { customers: [{ customerId: kept.id }, { customerId: other.id }] });
    const single = await makeContact(app, crew.rep, { customers: [{ customerId: other.id, role: "Buyer" }] });
    const call = await makeInteraction(app, crew.rep, { customerId: other.id });
    const { dealId, paymentId } = await paidDeal(crew.rep, other.id);
    await app.settle();
    const before = await totals();

    const choices = { name: other.id, ownerId: kept.id };
    const preview = await merge(crew.rep, kept, [other], { choices, path: "merges/previews" });
    expect(preview.status, preview.text).toBe(200);
    expect((await get(crew.rep, `/customers/${kept.id}`)).body.name).toBe("Kestrel");
    const merged = await merge(crew.rep, kept, [other], { choices });
    expect(merged.status, merged.text).toBe(201);
    expect({ ...preview.body.customer, updatedAt: "" }).toEqual({ ...merged.body.customer, updatedAt: "" });
    expect(preview.body.moved).toEqual(merged.body.moved);
    expect(merged.body.customer).toMatchObject({
      id: kept.id,
      number: kept.number,
      name: "Kestrel Aerospace GmbH",
      industry: "Aviation",
      phone: "+49 30 1234567",
      tags: ["north", "VIP"],
      externalId: `ext-${kept.id}`,
      version: 2,
    });
    expect(merged.body.moved).toEqual(
      expect.arrayContaining(
        ["contact_customer 2", "opportunity 1", "interaction 1", "deal 1", "payment 1"].map((text) => {
          const [what, count] = text.split(" ");
          return { what, count: Number(count) };
        }),
      ),
    );

    await app.settle();
    expect(await totals()).toEqual(before);
    const alias = await get(crew.rep, `/customers/${other.id}`);
    expect([alias.status, alias.body.id]).toEqual([200, kept.id]);
    expect((await get(crew.rep, `/deals/${dealId}`)).body.customer.id).toBe(kept.id);
    expect((await get(crew.rep, `/payments/${paymentId}`)).body.customer.id).toBe(kept.id);
    expect((await get(crew.rep, `/interactions/${call.id}`)).body.customer.id).toBe(kept.id);
    for (const { id } of [both, single]) {
      const { customers } = (await get(crew.rep, `/contacts/${id}`)).body;
      expect(customers.map((customer: { id: string }) => customer.id)).toEqual([kept.id]);
    }
    const timeline = await itemsOf(crew.rep, `/customers/${other.id}/timeline`);
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["customer.merged", "interaction.logged", "payment.verified"]),
    );
    expect(timeline.filter(({ type }) => type === "customer.created")).toHaveLength(2);
    expect((await itemsOf(crew.rep, "/search?q=kestrel%20aerospace"))[0].id).toBe(kept.id);
    expect((await itemsOf(crew.rep, "/trash?entity=customer")).map(({ id }) => id)).not.toContain(other.id);
    const restored = await app.call("POST", `/customers/${other.id}/restorations`, { token: crew.rep.token });
    expect([restored.status, restored.body.code]).toEqual([409, "already_merged"]);
  });

  test("201 leads ids on when the one they lead to is merged in turn, and keeps what was before", async () => {
    const [first, second, third] = [
      await makeCustomer(app, crew.rep),
      await makeCustomer(app, crew.rep),
      await makeCustomer(app, crew.rep),
    ];
    expect((await merge(crew.rep, second, [first])).status).toBe(201);
    expect((await merge(crew.rep, third, [{ ...second, version: 2 }])).status).toBe(201);
    expect((await get(crew.rep, `/customers/${first.id}`)).body.id).toBe(third.id);
    const [row] = await asOwner(app, "select before from record_merge where survivor_id = $1", [second.id]);
    expect(row.before.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
      [second.id, second.name],
      [first.id, first.name],
    ]);
  });

  test("403 needs_manager where different people have earned from them; a manager may", async () => {
    const [mine, theirs] = [await makeCustomer(app, crew.rep), await makeCustomer(app, crew.rep)];
    await paidDeal(crew.rep, mine.id);
    await paidDeal(crew.rep, theirs.id, colleague);
    const refused = await merge(crew.rep, mine, [theirs]);
    expect([refused.status, refused.body.code]).toEqual([403, "needs_manager"]);
    expect((await merge(crew.rep, mine, [theirs], { path: "merges/previews" })).body.code).toBe("needs_manager");
    expect((await get(crew.rep, `/customers/${theirs.id}`)).body.id).toBe(theirs.id);
    expect((await merge(crew.manager, mine, [theirs])).status).toBe(201);
  });

  test("422, 404, 403, 412 and 409 change nothing", async () => {
    const [kept, other] = [await makeCustomer(app, crew.rep), await makeCustomer(app, crew.rep)];
    const hidden = await makeCustomer(app, colleague);
    const outsider = await makeOrganization(app);
    const foreign = await makeCustomer(app, outsider.admin);
    const contact = await makeContact(app, crew.rep);
    const answer = async (who: Person, others: readonly Seen[], more: Merge = {}): Promise<unknown[]> => {
      const { status, body } = await merge(who, kept, others, more);
      return [status, body.errors?.[0]?.code ?? body.code, body.errors?.[0]?.path];
    };
    expect(await answer(crew.rep, [kept])).toEqual([422, "named_twice", "others[0].id"]);
    expect(await answer(crew.rep, [other, other])).toEqual([422, "named_twice", "others[1].id"]);
    expect((await answer(crew.rep, []))[0]).toBe(422);
    expect(
      (
        await answer(
          crew.rep,
          Array.from({ length: 10 }, () => other),
        )
      )[0],
    ).toBe(422);
    expect((await answer(crew.rep, [other], { choices: { number: other.id } }))[0]).toBe(422);
    expect(await answer(crew.rep, [other], { choices: { name: hidden.id } })).toEqual([
      422,
      "not_merged",
      "choices.name",
    ]);
    for (const beyond of [hidden, foreign, contact]) expect((await answer(crew.rep, [beyond]))[0]).toBe(404);
    expect((await answer(crew.rep, [{ ...other, version: 7 }])).slice(0, 2)).toEqual([412, "stale_version"]);
    // Seen through a sale of one's own, but somebody else's to change.
    await makeOpportunity(app, colleague, { customerId: null });
    await app.call("PATCH", `/customers/${hidden.id}`, {
      token: acme.admin.token,
      body: { ownerId: crew.manager.id, seenVersion: 1 },
    });
    const theirs = await makeOpportunity(app, crew.rep, { customerId: other.id });
    await app.call("PATCH", `/customers/${other.id}`, {
      token: acme.admin.token,
      body: { ownerId: colleague.id, seenVersion: 1 },
    });
    expect(theirs.id).toBeDefined();
    expect((await answer(crew.rep, [{ ...other, version: 2 }]))[0]).toBe(403);
    expect((await get(crew.rep, `/customers/${kept.id}`)).body.version).toBe(1);
  });

  test("one of two merges of one customer at the same time wins", async () => {
    const [one, two, wanted] = [
      await makeCustomer(app, crew.rep),
      await makeCustomer(app, crew.rep),
      await makeCustomer(app, crew.rep),
    ];
    const replies = await Promise.all([merge(crew.rep, one, [wanted]), merge(crew.rep, two, [wanted])]);
    expect(statusesOf(replies)).toEqual([201, 409]);
  });
});

describe("POST /contacts/{contactId}/merges", () => {
  test("201 unites addresses, numbers and customers, and what the others took part in", async () => {
    const customer = await makeCustomer(app, crew.rep);
    const kept = await makeContact(app, crew.rep, {
      emails: [{ email: "ruth@one.example" }],
      phones: [{ phone: "030 1" }],
    });
    const other = await makeContact(app, crew.rep, {
      title: "Buyer",
      emails: [{ email: "ruth@two.example" }],
      phones: [{ phone: "03 01" }, { phone: "040 22" }],
      customers: [{ customerId: customer.id }],
    });
    const call = await makeInteraction(app, crew.rep, { customerId: customer.id, contactIds: [kept.id, other.id] });
    const preview = await merge(crew.rep, kept as Seen, [other as Seen], { path: "merges/previews" }, "contacts");
    const merged = await merge(crew.rep, kept as Seen, [other as Seen], {}, "contacts");
    expect(merged.status, merged.text).toBe(201);
    expect(preview.body.moved).toEqual(merged.body.moved);
    expect(merged.body.contact).toMatchObject({
      title: "Buyer",
      emails: [{ email: "ruth@one.example" }, { email: "ruth@two.example" }],
      phones: [{ phone: "030 1" }, { phone: "040 22" }],
      customers: [{ id: customer.id }],
    });
    expect((await get(crew.rep, `/contacts/${other.id}`)).body.id).toBe(kept.id);
    const { contacts } = (await get(crew.rep, `/interactions/${call.id}`)).body;
    expect(contacts.map(({ id }: { id: string }) => id)).toEqual([kept.id]);
    expect((await itemsOf(crew.rep, "/search?q=ruth%40two"))[0].id).toBe(kept.id);
    const again = await merge(crew.rep, kept as Seen, [other as Seen], {}, "contacts");
    expect([again.status, again.body.code]).toEqual([409, "already_merged"]);
  });
});

test("whatever names a customer follows a merge, or keeps the id of then for good", async () => {
  const rows = await asOwner<{ name: string }>(
    app,
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'customer_id' and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  const follow = [
    "commission_adjustment",
    "contact_customer",
    "deal",
    "dispute",
    "interaction",
    "invoice",
    "opportunity",
    "payment",
    "refund",
  ];
  // Append-only: what was posted then is explained by what was then.
  const keep = ["commission_absence", "ledger_txn"];
  expect(rows.map(({ name }) => name)).toEqual([...follow, ...keep].toSorted());
});
