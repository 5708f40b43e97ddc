import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  makeCrew,
  makeDeal,
  makeOrganization,
  makePayment,
  type Crew,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asServerRole } from "../../../../test/sql.ts";

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

describe("four eyes below the application", () => {
  const asApp = (organizationId: string, run: (client: pg.Client) => Promise<unknown>) =>
    asServerRole(app, organizationId, run);
  const insertDecision = (
    client: pg.Client,
    payment: { id: string; version: number },
    submittedBy: string,
    decidedBy: string,
  ) =>
    client.query(
      `insert into payment_decision (organization_id, id, payment_id, owner_id, payment_version, submitted_by, decided_by, verdict, decided_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 'verified', now())`,
      [acme.id, payment.id, crew.rep.id, payment.version, submittedBy, decidedBy],
    );

  test("self-approval by SQL is blocked, also with a forged submitter", async () => {
    const payment = await submitted();
    expect(await asApp(acme.id, (client) => insertDecision(client, payment, crew.rep.id, crew.rep.id))).toBe(
      "self_approval",
    );
    expect(await asApp(acme.id, (client) => insertDecision(client, payment, crew.manager.id, crew.rep.id))).toBe(
      "self_approval",
    );
    expect(
      await asApp(acme.id, (client) => insertDecision(client, payment, crew.manager.id, crew.verifier.id)),
    ).toMatch(/payment_decision_.*fkey/);
  });

  test("a payment is not verified by its status alone", async () => {
    const payment = await submitted();
    const reply = await asApp(acme.id, (client) =>
      client.query("update payment set status = 'verified' where organization_id = $1 and id = $2", [
        acme.id,
        payment.id,
      ]),
    );
    expect(reply).toBe("verified_needs_decision");
  });

  test("ledger and decisions cannot be changed, and a posting has to balance", async () => {
    const payment = await submitted();
    await decide(payment.id, crew.verifier, { verdict: "verified", seenVersion: payment.version });
    for (const statement of [
      "update ledger_txn set amount_minor = 1",
      "delete from ledger_txn",
      "update ledger_line set amount_minor = 1",
      "truncate ledger_line",
      "delete from payment_decision",
      "update event_log set label = 'x'",
      "delete from event_log",
    ]) {
      expect(await asApp(acme.id, (client) => client.query(statement)), statement).toMatch(/42501|23001/);
    }
    const crooked = await asApp(acme.id, (client) =>
      client.query(
        `insert into ledger_txn (organization_id, id, owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, source_event,
           amount_minor, currency, credited_minor, trace, posted_at)
         select organization_id, gen_random_uuid(), owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, gen_random_uuid(),
           5, currency, 5, trace, posted_at from ledger_txn limit 1`,
      ),
    );
    expect(crooked).toBe("ledger_balanced");
  });
});
