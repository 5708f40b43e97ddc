import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { closeUntil, earnIn } from "../../../../test/generated/closing.ts";
import { makeCompany, type Company } from "../../../../test/generated/company.ts";
import { auditOf, makeDeal, makeMember, makePayment, statusesOf, type Person } from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const october = "2026-10";
const usd = (amount: string) => ({ amount, currency: "USD" });
const read = async ({ admin }: Company, month = october, by: Person = admin) =>
  (await app.call("GET", `/periods/${month}`, { token: by.token })).body;
const act = (by: Person, path: string, month = october, body?: unknown) =>
  app.call("POST", `/periods/${month}/${path}`, { token: by.token, body });
const statementOf = async (person: Person, month = october) =>
  (await app.call("GET", `/statements/${month}`, { token: person.token })).body;

describe("POST /periods/{month}/close", () => {
  test("200 issues what the ledger has earned, and new money of the month counts for the next open one", async () => {
    const company = await makeCompany(app);
    await earnIn(app, company, october);
    expect(await read(company)).toMatchObject({ state: "open", statements: [{ id: null, state: "open" }] });
    const closing = await act(company.admin, "close");
    expect([closing.status, closing.body.state, closing.body.closing.by.id]).toEqual([
      200,
      "closing",
      company.admin.id,
    ]);
    expect(closing.body.statements).toMatchObject([
      {
        participant: { id: company.rep.id },
        state: "issued",
        credited: usd("1000.00"),
        earned: usd("60.00"),
        payable: usd("60.00"),
      },
    ]);
    await earnIn(app, company, october, "500.00");
    expect((await read(company)).statements).toMatchObject([{ earned: usd("60.00") }]);
    const november = await statementOf(company.rep, "2026-11");
    expect(november.lines).toMatchObject([{ amount: usd("30.00"), month: "2026-11", adjusts: october }]);
    expect(await statementOf(company.rep)).toMatchObject({
      state: "issued",
      issued: [{ payable: usd("60.00"), broughtForward: usd("0.00") }],
    });
  });

  test("409 before the month is over, before the months before it are locked, and twice", async () => {
    const company = await makeCompany(app);
    await earnIn(app, company, "2026-09");
    await earnIn(app, company, october);
    const codes = async (path: string, month: string) => (await act(company.admin, path, month)).body.code;
    expect(await codes("close", "2026-11")).toBe("period_not_over");
    expect(await codes("close", october)).toBe("earlier_period_open");
    expect((await read(company)).checks.earlierMonth).toBe("2026-09");
    await closeUntil(app, company, "2026-09", "closing");
    expect(await codes("close", "2026-09")).toBe("period_closing");
  });

  test("lands every payment that is verified at the same moment in one month, and states what the ledger holds", async () => {
    const company = await makeCompany(app);
    const deal = await makeDeal(app, company, { amount: usd("9000.00") });
    const payments = [];
    for (let count = 0; count < 8; count += 1) {
      const fields = { valueOn: "2026-10-12" };
      payments.push(await makePayment(app, { rep: company.rep, dealId: deal.id }, fields));
    }
    const verify = ({ id, version }: { id: string; version: number }) =>
      app.call("POST", `/payments/${id}/approve`, { token: company.verifier.token, body: { seenVersion: version } });
    await verify(payments[0] ?? { id: "", version: 0 });
    const replies = await Promise.all([
      ...payments.slice(1, 5).map(verify),
      act(company.admin, "close"),
      ...payments.slice(5).map(verify),
    ]);
    expect(statusesOf(replies)).toEqual([200, 201, 201, 201, 201, 201, 201, 201]);
    const period = await read(company);
    const months = [await statementOf(company.rep), await statementOf(company.rep, "2026-11")];
    const [inOctober, inNovember] = months.map(({ lines }) => lines.length);
    expect(inOctober + inNovember).toBe(8);
    expect(period.checks.ledgerAgrees).toBe(true);
    expect(period.statements[0].earned).toEqual(usd(`${inOctober * 6}.00`));
  });
});

describe("POST /periods/{month}/approvals", () => {
  test("200 for a manager within reach, once; 403 for the own statement, 404 beyond sight", async () => {
    const company = await makeCompany(app);
    await earnIn(app, company, october);
    const { manager } = company;
    await earnIn(app, { ...company, rep: manager, manager: company.admin }, october);
    const statements = await closeUntil(app, company, october, "closing");
    const idOf = (person: Person) => statements.find(({ participant }) => participant.id === person.id).id;
    const approve = (by: Person, ...ids: string[]) => act(by, "approvals", october, { statementIds: ids });
    expect((await approve(manager, idOf(manager))).body.code).toBe("self_approval");
    const stranger = await makeMember(app, company.organization, ["manager"]);
    expect((await approve(stranger, idOf(company.rep))).status).toBe(404);
    const replies = await Promise.all([approve(manager, idOf(company.rep)), approve(manager, idOf(company.rep))]);
    expect(statusesOf(replies)).toEqual([200, 409]);
    // All or none: one of these is approved already.
    expect((await approve(company.admin, idOf(company.rep), idOf(manager))).status).toBe(409);
    expect((await read(company)).checks.notApproved).toBe(1);
  });
});

describe("POST /periods/{month}/lock and /pay", () => {
  test("409 while something is not approved; then frozen with a fingerprint, and paid by another person", async () => {
    const company = await makeCompany(app);
    const finance = await makeMember(app, company.organization, ["finance"]);
    await earnIn(app, company, october);
    await closeUntil(app, company, october, "closing");
    expect((await act(finance, "lock")).body.code).toBe("statements_not_approved");
    expect((await act(finance, "pay")).body.code).toBe("period_closing");
    await closeUntil(app, company, october, "approved");
    expect((await act(finance, "lock")).body).toMatchObject({ state: "locked", locked: { by: { id: finance.id } } });
    expect((await act(finance, "pay")).body.code).toBe("paid_by_another");
    expect((await act(company.admin, "reopen")).body.code).toBe("period_locked");
    expect((await act(company.admin, "pay")).body).toMatchObject({ state: "paid", statements: [{ state: "paid" }] });
    expect((await act(company.admin, "reopen")).body.code).toBe("period_paid");
    const events = await auditOf(app, company.admin, "entity=period");
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      "period.paid",
      "period.locked",
      "period.closing",
    ]);
  });

  test("the database refuses to change, to post into, or to open a locked month, whoever asks", async () => {
    const company = await makeCompany(app);
    await earnIn(app, company, october);
    await closeUntil(app, company, october, "locked");
    const { id } = company.organization;
    const refused = (text: string) => asServerRole(app, id, (client) => client.query(text, [id]));
    const of = "where organization_id = $1";
    expect(
      await refused(
        `update commission_statement set payable_minor = payable_minor + 1, earned_minor = earned_minor + 1 ${of}`,
      ),
    ).toBe("23001");
    expect(await refused(`delete from commission_statement ${of}`)).toBe("23001");
    expect(await refused(`update commission_period set state = 'open' ${of}`)).toBe("period_state");
    const columns =
      "organization_id, owner_id, period_id, kind, deal_id, payment_id, customer_id, component_id, amount_minor, currency, credited_minor, trace, posted_at";
    const copy = `insert into ledger_txn (${columns}, id, source_event) select ${columns}, gen_random_uuid(), gen_random_uuid() from ledger_txn ${of}`;
    expect(await refused(copy)).toBe("period_open");
    // A month whose statements are not what its postings add up to is not locked at all.
    await asOwner(app, "alter table commission_period disable trigger guard_change");
    await asOwner(app, `update commission_period set state = 'open', locked_by = null ${of}`, [id]);
    await asOwner(app, "alter table commission_period enable trigger guard_change");
    await asServerRole(app, id, (client) => client.query(`update commission_period set state = 'closing' ${of}`, [id]));
    await asOwner(app, "alter table ledger_txn disable trigger period_open");
    await asOwner(app, "alter table ledger_txn disable trigger ledger_balanced");
    await asOwner(app, copy, [id]);
    await asOwner(app, "alter table ledger_txn enable trigger period_open");
    await asOwner(app, "alter table ledger_txn enable trigger ledger_balanced");
    expect(await refused(`update commission_period set state = 'locked' ${of}`)).toBe("ledger_agrees");
  });

  test("a close that is taken back makes the month live again, and can be made again", async () => {
    const company = await makeCompany(app);
    await earnIn(app, company, october);
    await closeUntil(app, company, october, "approved");
    expect((await act(company.admin, "reopen")).body).toMatchObject({
      state: "open",
      statements: [{ id: null, state: "open" }],
    });
    await earnIn(app, company, october);
    expect((await act(company.admin, "close")).body.statements).toMatchObject([
      { state: "issued", earned: usd("120.00") },
    ]);
  });
});

describe("the files of a locked month", () => {
  test("200 with what each person is paid and balanced debits and credits, formulas harmless; 409 before", async () => {
    const company = await makeCompany(app);
    const rep = await makeMember(app, company.organization, ["sales_rep"], company.teamId, { firstName: "=Mia" });
    await earnIn(app, { ...company, rep }, october);
    await closeUntil(app, company, october, "approved");
    const file = (name: string) => app.call("GET", `/periods/${october}/${name}.csv`, { token: company.admin.token });
    expect((await file("payroll")).body.code).toBe("period_not_locked");
    await closeUntil(app, company, october, "locked");
    const payroll = await file("payroll");
    expect(payroll.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const [head, line = ""] = payroll.text.replace("\uFEFF", "").split("\r\n");
    expect(head).toBe("employee,employee_id,period,currency,amount,batch_id");
    expect(line).toMatch(new RegExp(`^'=Mia .*,${rep.id},2026-10,USD,60.00,$`));
    const finance = await makeMember(app, company.organization, ["finance"]);
    expect((await act(finance, "pay")).status).toBe(200);
    const [, ...ledger] = (await file("general-ledger")).text
      .trim()
      .split("\r\n")
      .map((text) => text.split(","));
    const [{ batch }] = await asOwner(
      app,
      "select b.id as batch from payout_batch b join payout p on p.batch_id = b.id where p.owner_id = $1",
      [rep.id],
    );
    expect(ledger.map((cells) => [cells[1], cells[4], cells[5], cells[8]])).toEqual([
      ["commission expense", "60.00", "", ""],
      ["commissions payable", "", "60.00", ""],
      ["commissions payable", "60.00", "", batch],
      ["payroll clearing", "", "60.00", batch],
    ]);
    expect((await file("payroll")).text).toContain(`,60.00,${batch}`);
    expect((await read(company)).payouts).toEqual([{ batchId: batch, people: 1, paid: usd("60.00") }]);
    expect((await act(finance, "pay")).body.code).toBe("period_paid");
    const twice = await asServerRole(app, company.organization.id, (client) =>
      client.query(
        `insert into payout select organization_id, gen_random_uuid(), batch_id, statement_id, owner_id, amount_minor + 1, currency
         from payout where owner_id = $1`,
        [rep.id],
      ),
    );
    expect(twice).toBe("payout_as_stated");
  });
});
