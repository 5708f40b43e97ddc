import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeDeal,
  makeMember,
  makeOrganization,
  makePayment,
  pdfProof,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew & { teamId: string };
let deal: { id: string };

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  deal = await makeDeal(app, crew, { amount: { amount: "58500.00", currency: "USD" } });
});
afterAll(() => app.close());

const decide = (id: string, person: Person, body: Record<string, unknown>) =>
  app.call("POST", `/payments/${id}/decisions`, { token: person.token, body });
const submitted = (fields = {}) => makePayment(app, { rep: crew.rep, dealId: deal.id }, fields);
const commissionsOf = (id: string, person: Person) =>
  app.call("GET", `/commissions?paymentId=${id}`, { token: person.token });

describe("POST /payments", () => {
  test("201 records a numbered draft", async () => {
    const reply = await app.call("POST", "/payments", {
      token: crew.rep.token,
      body: {
        dealId: deal.id,
        amount: { amount: "19500.00", currency: "USD" },
        method: "bank_transfer",
        valueOn: "2026-11-17",
        reference: "NB-88213",
      },
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      number: expect.stringMatching(/^PAY-\d+$/),
      status: "draft",
      version: 1,
      owner: { id: crew.rep.id },
    });
  });

  test.each([
    ["nothing", { amount: "0.00", currency: "USD" }, "amount_not_positive"],
    ["less than nothing", { amount: "-5.00", currency: "USD" }, "amount_not_positive"],
    ["1e15 minor units", { amount: "10000000000000.00", currency: "USD" }, "amount_out_of_range"],
    ["three decimals", { amount: "1.005", currency: "USD" }, "amount_decimals"],
    ["another currency than the deal's", { amount: "5.00", currency: "EUR" }, "currency_mismatch"],
  ])("422 for %s", async (_why, amount, code) => {
    const body = { dealId: deal.id, amount, method: "bank_transfer", valueOn: "2026-11-17" };
    const reply = await app.call("POST", "/payments", { token: crew.rep.token, body });
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].code).toBe(code);
  });

  test("422 for a day that is still to come", async () => {
    const body = {
      dealId: deal.id,
      amount: { amount: "5.00", currency: "USD" },
      method: "cash",
      valueOn: "2026-11-20",
    };
    const reply = await app.call("POST", "/payments", { token: crew.rep.token, body });
    expect(reply.body.errors[0]).toMatchObject({ path: "valueOn", code: "in_future" });
  });

  test("404 for a deal of somebody else", async () => {
    const other = await makeMember(app, acme, ["sales_rep"]);
    const body = {
      dealId: deal.id,
      amount: { amount: "5.00", currency: "USD" },
      method: "cash",
      valueOn: "2026-11-17",
    };
    expect((await app.call("POST", "/payments", { token: other.token, body })).status).toBe(404);
  });
});

describe("POST /payments/{id}/evidence", () => {
  const draft = () => makePayment(app, { rep: crew.rep, dealId: deal.id }, {}, "draft");

  test("201 keeps the file, whoever sees the payment can read it, nobody else", async () => {
    const { id } = await draft();
    const content = pdfProof();
    const reply = await app.upload(`/payments/${id}/evidence`, crew.rep.token, {
      name: "Volta remittance.pdf",
      content,
    });
    expect(reply.status).toBe(201);
    const [file] = reply.body.evidence;
    expect(file).toMatchObject({ name: "Volta remittance.pdf", type: "application/pdf", size: content.length });
    const read = (person: Person) => app.call("GET", `/files/${file.id}`, { token: person.token });
    const mine = await read(crew.verifier);
    expect(mine.status).toBe(200);
    expect(mine.text).toBe(content.toString());
    expect(mine.headers["content-security-policy"]).toContain("sandbox");
    const stranger = await makeMember(app, acme, ["sales_rep"]);
    const outsider = await makeOrganization(app);
    expect((await read(stranger)).status).toBe(404);
    expect((await read(outsider.admin)).status).toBe(404);
  });

  test("422 for HTML that calls itself a PDF", async () => {
    const { id } = await draft();
    const reply = await app.upload(`/payments/${id}/evidence`, crew.rep.token, {
      name: "proof.pdf",
      type: "application/pdf",
      content: "<!doctype html><script>alert(1)</script> %PDF-1.4",
    });
    expect(reply.status).toBe(422);
    expect(reply.body.code).toBe("unsupported_file_type");
  });

  test("413 for 30 MB, and nothing is kept", async () => {
    const { id } = await draft();
    const content = Buffer.concat([pdfProof(), Buffer.alloc(30_000_000)]);
    expect((await app.upload(`/payments/${id}/evidence`, crew.rep.token, { name: "big.pdf", content })).status).toBe(
      413,
    );
    const payment = await app.call("GET", `/payments/${id}`, { token: crew.rep.token });
    expect(payment.body.evidence).toEqual([]);
  });

  test("409 once it was submitted", async () => {
    const { id } = await submitted();
    const reply = await app.upload(`/payments/${id}/evidence`, crew.rep.token, {
      name: "late.pdf",
      content: pdfProof(),
    });
    expect(reply.status).toBe(409);
  });
});

describe("POST /payments/{id}/submit", () => {
  test("409 without a proof, and while the deal is not approved", async () => {
    const { id } = await makePayment(app, { rep: crew.rep, dealId: deal.id }, {}, "draft");
    const bare = await app.call("POST", `/payments/${id}/submit`, { token: crew.rep.token });
    expect([bare.status, bare.body.code]).toEqual([409, "proof_missing"]);
    const open = await makeDeal(app, { rep: crew.rep });
    const early = await makePayment(app, { rep: crew.rep, dealId: open.id }, {}, "draft");
    await app.upload(`/payments/${early.id}/evidence`, crew.rep.token, { name: "p.pdf", content: pdfProof() });
    const reply = await app.call("POST", `/payments/${early.id}/submit`, { token: crew.rep.token });
    expect([reply.status, reply.body.code]).toEqual([409, "deal_not_approved"]);
  });
});

describe("POST /payments/{id}/decisions", () => {
  test("201 verifies and posts the commission with its explanation", async () => {
    const { id, version } = await submitted({ amount: { amount: "19500.00", currency: "USD" } });
    const reply = await decide(id, crew.verifier, { verdict: "verified", seenVersion: version });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      status: "verified",
      decisions: [{ verdict: "verified", by: { id: crew.verifier.id }, version }],
    });
    const { body } = await commissionsOf(id, crew.rep);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      participant: { id: crew.rep.id },
      amount: { amount: "1170.00", currency: "USD" },
      status: "accrued",
      month: "2026-11",
      trace: {
        plan: { name: "Standard", version: 1 },
        basis: { amount: "19500.00", valueOn: "2026-11-17" },
        credit: { basisPoints: 10_000, amount: "19500.00" },
        tiers: [{ rate: "0.06", amount: "19500.00", commission: "1170.00" }],
        rounded: "1170.00",
      },
    });
  });

  test("201 rejects with a reason; corrected and sent again it can be verified", async () => {
    const { id, version } = await submitted();
    const rejected = await decide(id, crew.verifier, {
      verdict: "rejected",
      seenVersion: version,
      reasonCode: "amount_differs",
      note: "The advice says 90",
    });
    expect(rejected.body.status).toBe("rejected");
    expect((await commissionsOf(id, crew.rep)).body.items).toEqual([]);
    const fixed = await app.call("PATCH", `/payments/${id}`, {
      token: crew.rep.token,
      body: { amount: { amount: "90.00", currency: "USD" }, seenVersion: rejected.body.version },
    });
    expect(fixed.body.status).toBe("draft");
    const again = await app.call("POST", `/payments/${id}/submit`, { token: crew.rep.token });
    const verified = await decide(id, crew.verifier, { verdict: "verified", seenVersion: again.body.version });
    expect(verified.status).toBe(201);
    expect(verified.body.decisions.map((decision: { verdict: string }) => decision.verdict)).toEqual([
      "rejected",
      "verified",
    ]);
  });

  test("403 self_approval by the submitter, the owner and an admin who verifies, and the attempt is logged", async () => {
    const both = await makeMember(app, acme, ["sales_rep", "verifier", "org_admin"], crew.teamId);
    const own = await makeDeal(app, { rep: both, manager: crew.manager });
    const payment = await makePayment(app, { rep: both, dealId: own.id });
    const reply = await decide(payment.id, both, { verdict: "verified", seenVersion: payment.version });
    expect([reply.status, reply.body.code]).toEqual([403, "self_approval"]);
    const alias = await app.call("POST", `/payments/${payment.id}/approve`, {
      token: both.token,
      body: { seenVersion: payment.version },
    });
    expect(alias.body.code).toBe("self_approval");
    await app.settle();
    const log = await app.call("GET", `/audit-log?recordId=${payment.id}&type=payment.decision-refused`, {
      token: acme.admin.token,
    });
    expect(log.body.items).toHaveLength(2);
    expect(log.body.items[0]).toMatchObject({ actor: { id: both.id }, facts: { code: "self_approval" } });
  });

  test("409 for the second decision, which hears who won; 412 for a version that was not seen", async () => {
    const payment = await submitted();
    const stale = await decide(payment.id, crew.verifier, { verdict: "verified", seenVersion: payment.version - 1 });
    expect([stale.status, stale.body.current.version]).toEqual([412, payment.version]);
    await decide(payment.id, crew.verifier, { verdict: "verified", seenVersion: payment.version });
    const second = await makeMember(app, acme, ["verifier"]);
    const late = await decide(payment.id, second, { verdict: "verified", seenVersion: payment.version });
    expect(late.status).toBe(409);
    expect(late.body.detail).toContain(
      `${crew.verifier.session.user.firstName} ${crew.verifier.session.user.lastName}`,
    );
  });

  test("201 exactly once when twelve clicks arrive together", async () => {
    const payment = await submitted({ amount: { amount: "333.33", currency: "USD" } });
    const verifiers = await Promise.all([1, 2, 3].map(() => makeMember(app, acme, ["verifier"])));
    const clicks = verifiers.flatMap((verifier) =>
      [1, 2, 3, 4].map(() => decide(payment.id, verifier, { verdict: "verified", seenVersion: payment.version })),
    );
    const statuses = (await Promise.all(clicks)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(11);
    expect((await commissionsOf(payment.id, crew.rep)).body.items).toHaveLength(1);
  });

  test("the commission of payments verified together adds up to the rounded whole", async () => {
    const other = await makeOrganization(app);
    const own = await makeCrew(app, other);
    const sold = await makeDeal(app, own, { amount: { amount: "1000.00", currency: "USD" } });
    const payments = [];
    for (let count = 0; count < 8; count += 1) {
      payments.push(
        await makePayment(app, { rep: own.rep, dealId: sold.id }, { amount: { amount: "33.33", currency: "USD" } }),
      );
    }
    const replies = await Promise.all(
      payments.map(({ id, version }) => decide(id, own.verifier, { verdict: "verified", seenVersion: version })),
    );
    expect(replies.map(({ status }) => status)).toEqual(payments.map(() => 201));
    const statement = await app.call("GET", "/statements/2026-11", { token: own.rep.token });
    // 8 x 33.33 = 266.64, of which 6 % are 15.9984.
    expect(statement.body.totals).toEqual([
      {
        verified: { amount: "266.64", currency: "USD" },
        credited: { amount: "266.64", currency: "USD" },
        earned: { amount: "16.00", currency: "USD" },
      },
    ]);
  });
});

describe("GET /verification-queue", () => {
  test("200 oldest first, with what the viewer may not decide and what looks odd", async () => {
    const other = await makeOrganization(app);
    const own = await makeCrew(app, other);
    const both = await makeMember(app, other, ["verifier", "sales_rep", "manager"]);
    const sold = await makeDeal(app, own, { amount: { amount: "150.00", currency: "USD" } });
    const first = await makePayment(app, { rep: own.rep, dealId: sold.id }, { reference: "SAME" });
    app.setNow("2026-11-19T09:14:00.000Z");
    const second = await makePayment(app, { rep: own.rep, dealId: sold.id }, { reference: "SAME" });
    const queue = await app.call("GET", "/verification-queue", { token: both.token });
    expect(queue.body.items.map((item: any) => item.payment.id)).toEqual([first.id, second.id]);
    expect(queue.body).toMatchObject({ waiting: 2, yours: 2, overdue: 0 });
    expect(queue.body.items[0].flags).toEqual(
      expect.arrayContaining(["same_reference", "same_amount_and_day", "first_payment"]),
    );
    await decide(first.id, both, { verdict: "verified", seenVersion: first.version });
    const after = await app.call("GET", "/verification-queue", { token: both.token });
    expect(after.body.items[0].flags).toContain("above_deal");
    expect(after.body.decidedToday).toBe(1);
    app.setNow("2026-11-19T09:12:00.000Z");
  });

  test("403 for who does not verify", async () => {
    expect((await app.call("GET", "/verification-queue", { token: crew.rep.token })).status).toBe(403);
  });
});
