import type { TestApp } from "../app.ts";
import type { Person } from "../make.ts";
import type { Call, MakeCall } from "./calls.ts";
import { earnIn } from "./closing.ts";
import type { Company } from "./company.ts";

export const disputeCalls: Readonly<Record<string, MakeCall>> = {
  "GET /disputes": (_, { rep }) => ({ as: rep }),
  "POST /disputes": async (app, company) => ({
    as: company.rep,
    body: {
      paymentId: await earnIn(app, company, "2026-11"),
      category: "rate",
      expected: { amount: "70.00", currency: "USD" },
      body: "The plan says 7 %",
    },
  }),
  "GET /disputes/{disputeId}": (app, company) => onDispute(app, company, company.rep),
  "POST /disputes/{disputeId}/messages": async (app, company) => ({
    ...(await onDispute(app, company, company.manager)),
    body: { body: "Which plan do you mean?" },
  }),
  "POST /disputes/{disputeId}/answers": async (app, company) => ({
    ...(await onDispute(app, company, company.admin)),
    body: { verdict: "declined", body: "Version 1 says 6 %", seenVersion: 1 },
  }),
  "POST /disputes/{disputeId}/withdrawals": (app, company) => onDispute(app, company, company.rep),
};

async function onDispute(app: TestApp, company: Company, as: Person): Promise<Call> {
  const { id: disputeId } = await makeDispute(app, company.rep, await earnIn(app, company, "2026-11"));
  return { as, params: { disputeId } };
}

/** Somebody expects more for a payment of theirs. */
export async function makeDispute(
  app: TestApp,
  { token }: Person,
  paymentId: string,
  expected = "70.00",
): Promise<{ id: string; version: number }> {
  const body = {
    paymentId,
    category: "rate",
    expected: { amount: expected, currency: "USD" },
    body: "The plan says 7 %",
  };
  const reply = await app.call("POST", "/disputes", { token, body });
  if (reply.status !== 201) throw new Error(`dispute: ${reply.text}`);
  return reply.body;
}
