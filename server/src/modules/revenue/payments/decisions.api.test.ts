import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeDeal,
  makeMember,
  makeOrganization,
  makePayment,
  pdfProof,
  statusesOf,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asServerRole } from "../../../../test/sql.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew & { teamId: string };
let second: Person;
let deal: { id: string };

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  second = await makeMember(app, acme, ["verifier"]);
  deal = await makeDeal(app, crew, { amount: { amount: "58500.00", currency: "USD" } });
});
afterAll(() => app.close());

const usd = (amount: string) => ({ amount: { amount, currency: "USD" } });
const submitted = (fields = {}, dealId = deal.id) => makePayment(app, { rep: crew.rep, dealId }, fields);
const draft = () => makePayment(app, { rep: crew.rep, dealId: deal.id }, {}, "draft");
const post = (path: string, person: Person, body: Record<string, unknown> = {}) =>
  app.call("POST", path, { token: person.token, body });
const decide = (id: string, person: Person, body: Record<string, unknown>) =>
  post(`/payments/${id}/decisions`, person, body);
const read = async (id: string) => (await app.call("GET", `/payments/${id}`, { token: acme.admin.token })).body;
const attach = (id: string, content: Buffer, person = crew.rep) =>
  app.upload(`/payments/${id}/evidence`, person.token, { name: "receipt.pdf", content });
const nameOf = ({ session: { user } }: Person) => `${user.firstName} ${user.lastName}`;

describe("POST /payments/{id}/withdraw", () => {
  test("200 takes back what one has sent; nobody decides it any more, and it stays so", async () => {
    const { id, version } = await submitted();
    const reply = await post(`/payments/${id}/withdraw`, crew.rep, { seenVersion: version });
    expect([reply.status, reply.body.status]).toEqual([200, "withdrawn"]);
    const late = await decide(id, crew.verifier, { verdict: "verified", seenVersion: reply.body.version });
    expect([late.status, late.body.code]).toEqual([409, "invalid_transition"]);
    expect((await post(`/payments/${id}/submit`, crew.rep)).status).toBe(409);
  });

  test("403 for a colleague who did not send it, 409 for a draft and once it is verified, 412 unseen", async () => {
    const payment = await submitted();
    expect((await post(`/payments/${payment.id}/withdraw`, crew.manager)).body.code).toBe("not_submitter");
    const stale = await post(`/payments/${payment.id}/withdraw`, crew.rep, { seenVersion: payment.version - 1 });
    expect(stale.status).toBe(412);
    expect((await post(`/payments/${(await draft()).id}/withdraw`, crew.rep)).status).toBe(409);
    await decide(payment.id, crew.verifier, { verdict: "verified", seenVersion: payment.version });
    expect((await post(`/payments/${payment.id}/withdraw`, crew.rep)).status).toBe(409);
  });

  test("withdrawing and verifying at once: exactly one happens", async () => {
    const { id, version } = await submitted();
    const replies = await Promise.all([
      decide(id, crew.verifier, { verdict: "verified", seenVersion: version }),
      post(`/payments/${id}/withdraw`, crew.rep, { seenVersion: version }),
    ]);
    expect(replies.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(1);
  });
});

describe("DELETE /payments/{id}", () => {
  const remove = (id: string, version: number, person = crew.rep) =>
    app.call("DELETE", `/payments/${id}`, { token: person.token, headers: { "if-match": `"${version}"` } });

  test("204 deletes a draft that was never sent, and frees its receipt", async () => {
    const { id } = await draft();
    const receipt = pdfProof();
    const { body } = await attach(id, receipt);
    expect((await remove(id, body.version)).status).toBe(204);
    expect((await app.call("GET", `/payments/${id}`, { token: crew.rep.token })).status).toBe(404);
    expect((await app.call("GET", `/files/${body.evidence[0].id}`, { token: crew.rep.token })).status).toBe(404);
    expect((await attach((await draft()).id, receipt)).status).toBe(201);
  });

  test("409 for what was sent, even where it came back; the database refuses too", async () => {
    const { id, version } = await submitted();
    expect((await remove(id, version)).status).toBe(409);
    await decide(id, crew.verifier, { verdict: "rejected", seenVersion: version, reasonCode: "unreadable" });
    const fixed = await app.call("PATCH", `/payments/${id}`, {
      token: crew.rep.token,
      body: { reference: "B", seenVersion: version + 1 },
    });
    expect((await remove(id, fixed.body.version)).status).toBe(409);
    const sent = await submitted();
    const bySql = (client: pg.Client) => client.query("delete from payment where id = $1", [sent.id]);
    expect(await asServerRole(app, acme.id, bySql)).not.toBe("committed");
  });
});

describe("the same receipt twice", () => {
  test("409 names the payment it proves, who attached it and when, also a colleague's", async () => {
    const receipt = pdfProof();
    const first = await draft();
    await attach(first.id, receipt);
    const other = await makeMember(app, acme, ["sales_rep"], crew.teamId);
    const theirs = await makeDeal(app, { rep: other, manager: crew.manager });
    const again = await makePayment(app, { rep: other, dealId: theirs.id }, {}, "draft");
    const reply = await attach(again.id, receipt, other);
    expect([reply.status, reply.body.code]).toEqual([409, "proof_already_used"]);
    expect(reply.body.detail).toBe(
      `This file is already the proof of ${first.number}. ${nameOf(crew.rep)} attached it on 2026-11-19.`,
    );
    expect((await read(again.id)).evidence).toEqual([]);
  });

  test("of two uploads at once one is kept", async () => {
    const receipt = pdfProof();
    const drafts = [await draft(), await draft(), await draft()];
    const replies = await Promise.all(drafts.map(({ id }) => attach(id, receipt)));
    expect(statusesOf(replies)).toEqual([201, 409, 409]);
  });

  test("another organization's receipt is its own", async () => {
    const receipt = pdfProof();
    await attach((await draft()).id, receipt);
    const other = await makeOrganization(app);
    const own = await makeCrew(app, other);
    const sold = await makeDeal(app, own);
    const payment = await makePayment(app, { rep: own.rep, dealId: sold.id }, {}, "draft");
    expect((await attach(payment.id, receipt, own.rep)).status).toBe(201);
  });
});

describe("asking for more", () => {
  test("201 sends it back with the question; the answer and a new proof bring it again", async () => {
    const { id, version } = await submitted();
    const asked = await decide(id, crew.verifier, { verdict: "asked", seenVersion: version, note: "Which account?" });
    expect(asked.body).toMatchObject({ status: "asked", question: "Which account?" });
    await attach(id, pdfProof());
    const again = await post(`/payments/${id}/submit`, crew.rep, { answer: "The one ending in 0932" });
    expect(again.body).toMatchObject({ status: "submitted", question: null, answer: "The one ending in 0932" });
    const verified = await decide(id, crew.verifier, { verdict: "verified", seenVersion: again.body.version });
    expect(verified.body.decisions.map(({ verdict }: any) => verdict)).toEqual(["asked", "verified"]);
  });

  test("an answer alone brings it again, too; without a question in words it is refused", async () => {
    const { id, version } = await submitted();
    expect((await decide(id, crew.verifier, { verdict: "asked", seenVersion: version, note: " " })).status).toBe(422);
    await decide(id, crew.verifier, { verdict: "asked", seenVersion: version, note: "Who paid?" });
    const again = await post(`/payments/${id}/submit`, crew.rep, { answer: "The parent company" });
    expect([again.status, again.body.status]).toEqual([200, "submitted"]);
  });
});

describe("two verifiers", () => {
  async function makeCompany(quorum: string | null = "1000.00") {
    const company = await makeOrganization(app);
    const own = await makeCrew(app, company);
    const other = await makeMember(app, company, ["verifier"]);
    const settings = await app.call("GET", "/settings", { token: company.admin.token });
    const changed = await app.call("PATCH", "/settings", {
      token: company.admin.token,
      body: { quorum: quorum === null ? null : usd(quorum).amount, seenVersion: settings.body.version },
    });
    expect(changed.status).toBe(200);
    const sold = await makeDeal(app, own, usd("9000.00"));
    const send = (amount: string, fields = {}) =>
      makePayment(app, { rep: own.rep, dealId: sold.id }, { ...usd(amount), ...fields });
    return { company, own, other, sold, send };
  }

  test("from the quorum's amount on the first endorses and the second verifies", async () => {
    const { own, other, send } = await makeCompany();
    const { id, version, ...sent } = await send("1000.00");
    expect(sent["approvalsNeeded"]).toBe(2);
    const first = await decide(id, own.verifier, { verdict: "verified", seenVersion: version });
    expect(first.body).toMatchObject({ status: "submitted", version, decisions: [{ verdict: "endorsed" }] });
    const commissions = () => app.call("GET", `/commissions?paymentId=${id}`, { token: own.rep.token });
    expect((await commissions()).body.items).toEqual([]);
    const queue = await app.call("GET", "/verification-queue", { token: own.verifier.token });
    expect(queue.body.items[0]).toMatchObject({ barred: "endorsed_by_you", endorsedBy: { id: own.verifier.id } });
    const again = await decide(id, own.verifier, { verdict: "verified", seenVersion: version });
    expect([again.status, again.body.code]).toEqual([409, "second_verifier_needed"]);
    const done = await decide(id, other, { verdict: "verified", seenVersion: version });
    expect(done.body.status).toBe("verified");
    expect((await commissions()).body.items).toHaveLength(1);
  });

  test("one is enough below it; split into parts within a week two are needed again", async () => {
    const { send } = await makeCompany();
    expect((await send("999.99", { valueOn: "2026-11-01" }))["approvalsNeeded"]).toBe(1);
    expect((await send("500.00", { valueOn: "2026-11-15" }))["approvalsNeeded"]).toBe(1);
    expect((await send("500.00", { valueOn: "2026-11-16" }))["approvalsNeeded"]).toBe(2);
  });

  test("an amount that cannot be compared needs two; without a quorum every one needs one", async () => {
    const { own } = await makeCompany();
    const abroad = await makeDeal(app, own, { amount: { amount: "50.00", currency: "EUR" } });
    const euro = { amount: { amount: "5.00", currency: "EUR" } };
    expect((await makePayment(app, { rep: own.rep, dealId: abroad.id }, euro))["approvalsNeeded"]).toBe(2);
    const free = await makeCompany(null);
    expect((await free.send("9000.00"))["approvalsNeeded"]).toBe(1);
  });

  test("of four who click at once one endorses and one verifies", async () => {
    const { company, own, other, send } = await makeCompany();
    const verifiers = [
      own.verifier,
      other,
      ...(await Promise.all([1, 2].map(() => makeMember(app, company, ["verifier"])))),
    ];
    const { id, version } = await send("2000.00");
    const body = { verdict: "verified", seenVersion: version };
    const replies = await Promise.all(verifiers.map((verifier) => decide(id, verifier, body)));
    expect(statusesOf(replies)).toEqual([201, 201, 409, 409]);
    const reply = await app.call("GET", `/payments/${id}`, { token: own.rep.token });
    expect(reply.body.decisions.map(({ verdict }: any) => verdict)).toEqual(["endorsed", "verified"]);
  });

  test("the database refuses a second verdict without a first, whoever writes it", async () => {
    const { company, own, send } = await makeCompany();
    const payment = await send("2000.00");
    const insert = (client: pg.Client) =>
      client.query(
        `insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, decided_at)
         values ($1, gen_random_uuid(), $2, $3, $4, $3, $5, 'verified', now())`,
        [company.id, payment.id, own.rep.id, payment.version, own.verifier.id],
      );
    expect(await asServerRole(app, company.id, insert)).toBe("second_verifier_needed");
  });
});

describe("several approved at once", () => {
  test("409 flagged where something has to be looked at, 201 for a clean one", async () => {
    const reference = "TWICE";
    const one = await submitted({ ...usd("71.00"), reference });
    const two = await submitted({ ...usd("72.00"), reference });
    const many = { verdict: "verified", isOneOfMany: true };
    const refused = await decide(two.id, crew.verifier, { ...many, seenVersion: two.version });
    expect([refused.status, refused.body.code]).toEqual([409, "flagged"]);
    await decide(one.id, crew.verifier, { verdict: "verified", seenVersion: one.version });
    const clean = await submitted(usd("73.00"));
    expect((await decide(clean.id, crew.verifier, { ...many, seenVersion: clean.version })).status).toBe(201);
  });
});

describe("PUT /payments/{id}/claim", () => {
  const claim = (id: string, person: Person) => app.call("PUT", `/payments/${id}/claim`, { token: person.token });
  const claimSeenBy = async (id: string, person: Person) => {
    const { body } = await app.call("GET", "/verification-queue?limit=200", { token: person.token });
    return body.items.find(({ payment }: any) => payment.id === id).claim;
  };

  test("others see who looks at a payment, until it is let go or ten minutes have passed", async () => {
    const { id } = await submitted();
    expect((await claim(id, crew.verifier)).body).toMatchObject({ isYours: true, until: "2026-11-19T09:22:00.000Z" });
    expect(await claimSeenBy(id, second)).toMatchObject({ by: { id: crew.verifier.id } });
    expect(await claimSeenBy(id, crew.verifier)).toBeNull();
    expect((await claim(id, second)).body).toMatchObject({ isYours: false, by: { id: crew.verifier.id } });
    await app.call("DELETE", `/payments/${id}/claim`, { token: crew.verifier.token });
    expect(await claimSeenBy(id, second)).toBeNull();
    await claim(id, crew.verifier);
    app.setNow("2026-11-19T09:22:00.001Z");
    expect(await claimSeenBy(id, second)).toBeNull();
    expect((await claim(id, second)).body.isYours).toBe(true);
    app.setNow("2026-11-19T09:12:00.000Z");
  });

  test("it keeps nobody from deciding", async () => {
    const { id, version } = await submitted();
    await claim(id, crew.verifier);
    expect((await decide(id, second, { verdict: "verified", seenVersion: version })).status).toBe(201);
  });
});

describe("what may be the same payment", () => {
  test("the queue shows it with number, person, day, and what is the same", async () => {
    const fields = { ...usd("4321.00"), reference: "NB-TWIN" };
    const first = await submitted(fields);
    const { id } = await submitted(fields);
    const { body } = await app.call("GET", "/verification-queue?limit=200", { token: second.token });
    const item = body.items.find(({ payment }: any) => payment.id === id);
    expect(item.twins).toMatchObject([
      {
        id: first.id,
        number: first.number,
        amount: fields.amount,
        recordedBy: { id: crew.rep.id },
        same: ["reference", "amount_and_day"],
      },
    ]);
  });
});
