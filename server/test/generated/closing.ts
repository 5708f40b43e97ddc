import type { TestApp } from "../app.ts";
import { makeDeal, makePayment, type Crew, type MadeOrganization } from "../make.ts";

type Company = Crew & { readonly organization: MadeOrganization };

/** Verified money of a month that is over, in a company. @returns the payment */
export async function earnIn(app: TestApp, company: Company, month: string, amount = "1000.00"): Promise<string> {
  const deal = await makeDeal(app, company);
  const fields = { amount: { amount, currency: "USD" }, valueOn: `${month}-12` };
  const payment = await makePayment(app, { rep: company.rep, dealId: deal.id }, fields);
  const body = { seenVersion: payment.version };
  const verified = await app.call("POST", `/payments/${payment.id}/approve`, { token: company.verifier.token, body });
  if (verified.status !== 201) throw new Error(`verify: ${verified.text}`);
  return payment.id;
}

const steps = ["open", "closing", "approved", "locked"] as const;
export type Closed = (typeof steps)[number];

/** Takes a month of a company as far as this, unless it is there. @returns its statements */
export async function closeUntil(app: TestApp, company: Company, month: string, state: Closed): Promise<any[]> {
  const { token } = company.organization.admin;
  const read = () => app.call("GET", `/periods/${month}`, { token });
  const act = async (path: string, body?: unknown) => {
    const reply = await app.call("POST", `/periods/${month}/${path}`, { token, body });
    if (reply.status !== 200) throw new Error(`${path} ${month}: ${reply.text}`);
  };
  const until = steps.indexOf(state);
  const { body: before } = await read();
  if (before.state === "open" && until >= 1) {
    if (before.statements.length === 0) await earnIn(app, company, month);
    await act("close");
  }
  const { body: issued } = await read();
  const waiting = issued.statements.filter((statement: { state: string }) => statement.state === "issued");
  if (until >= 2 && waiting.length > 0) await act("approvals", { statementIds: waiting.map(({ id }: any) => id) });
  if (until >= 3 && issued.state === "closing") await act("lock");
  return (await read()).body.statements;
}
