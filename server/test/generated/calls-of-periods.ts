import type { TestApp } from "../app.ts";
import type { Call, MakeCall } from "./calls.ts";
import { closeUntil, earnIn, type Closed } from "./closing.ts";
import { makeCompany, type Company } from "./company.ts";

const month = "2026-10";

/** A month of a company of its own, as far as this: what is closed once is closed. */
async function closed(app: TestApp, state: Closed): Promise<Call & { readonly company: Company }> {
  const company = await makeCompany(app);
  await earnIn(app, company, month);
  await closeUntil(app, company, month, state);
  return { as: company.master, params: { month }, company };
}

const acts: Readonly<Record<string, Closed>> = { close: "open", reopen: "closing", lock: "approved", pay: "locked" };

export const periodCalls: Readonly<Record<string, MakeCall>> = {
  "GET /periods": (_, { admin }) => ({ as: admin }),
  "GET /periods/{month}": (_, { admin }) => ({ as: admin, params: { month: "2026-11" } }),
  ...Object.fromEntries(
    Object.entries(acts).map(([act, state]): [string, MakeCall] => [
      `POST /periods/{month}/${act}`,
      async (app) => closed(app, state),
    ]),
  ),
  "POST /periods/{month}/approvals": async (app) => {
    const { company, ...call } = await closed(app, "closing");
    const [statement] = await closeUntil(app, company, month, "closing");
    return { ...call, body: { statementIds: [statement.id] } };
  },
  "GET /periods/{month}/payroll.csv": (app, company) => fileCall(app, company),
  "GET /periods/{month}/general-ledger.csv": (app, company) => fileCall(app, company),
};

/** Of the company itself, in a month that nothing else is tried in. */
async function fileCall(app: TestApp, company: Company): Promise<Call> {
  const early = "2026-01";
  await closeUntil(app, company, early, "locked");
  return { as: company.admin, params: { month: early } };
}
