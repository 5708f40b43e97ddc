import { randomUUID } from "node:crypto";
import type { TestApp } from "../app.ts";
import { makeCustomer, makeDeal, makePayment, pdfProof } from "../make.ts";
import type { MakeCall } from "./calls.ts";
import { disputeCalls } from "./calls-of-disputes.ts";
import { periodCalls } from "./calls-of-periods.ts";
import { planCalls } from "./calls-of-plans.ts";
import type { Company } from "./company.ts";

export const revenueCalls: Readonly<Record<string, MakeCall>> = {
  "GET /deals": (_, { rep }) => ({ as: rep }),
  "GET /deals/{dealId}": async (app, { rep }) => onDeal(await makeDeal(app, { rep }), rep),
  "POST /deals": async (app, { rep }) => ({
    as: rep,
    body: {
      customerId: (await makeCustomer(app, rep)).id,
      title: "Support 2027",
      amount: { amount: "900.00", currency: "USD" },
      firstPayment: { amount: { amount: "300.00", currency: "USD" }, method: "cash", valueOn: "2026-11-17" },
    },
  }),
  "DELETE /deals/{dealId}": async (app, { rep }) => {
    const deal = await openedDeal(app, rep);
    return { ...onDeal(deal, rep), version: deal.version };
  },
  "POST /deals/{dealId}/revisions": async (app, { rep, manager }) => ({
    ...onDeal(await makeDeal(app, { rep, manager }), rep),
    body: cancellation,
  }),
  "POST /deals/{dealId}/revisions/{revisionId}/decisions": async (app, company) => ({
    as: company.manager,
    params: await proposedRevision(app, company),
    body: { verdict: "declined", note: "They will pay" },
  }),
  "POST /deals/{dealId}/revisions/{revisionId}/withdraw": async (app, company) => ({
    as: company.rep,
    params: await proposedRevision(app, company),
  }),
  "POST /deals/{dealId}/submit": async (app, { rep }) => onDeal(await makeDeal(app, { rep }), rep),
  "POST /deals/{dealId}/approve": async (app, company) =>
    onDeal(await makeSubmittedDeal(app, company), company.manager),
  "POST /deals/{dealId}/return": async (app, company) => ({
    ...onDeal(await makeSubmittedDeal(app, company), company.manager),
    body: { reason: "The amount is not what was agreed" },
  }),

  "GET /payments": (_, { rep }) => ({ as: rep }),
  "POST /payments": async (app, { rep, manager }) => ({
    as: rep,
    body: {
      dealId: (await makeDeal(app, { rep, manager })).id,
      amount: { amount: "100.00", currency: "USD" },
      method: "bank_transfer",
      valueOn: "2026-11-17",
    },
  }),
  "GET /payments/{paymentId}": async (app, company) => onPayment(await draft(app, company), company.rep),
  "PATCH /payments/{paymentId}": async (app, company) => {
    const payment = await draft(app, company);
    return { ...onPayment(payment, company.rep), version: payment.version, body: { reference: "RF18" } };
  },
  "POST /payments/{paymentId}/evidence": async (app, company) => ({
    ...onPayment(await draft(app, company), company.rep),
    file: { name: "proof.pdf", content: pdfProof() },
  }),
  "POST /payments/{paymentId}/submit": async (app, company) => {
    const payment = await draft(app, company);
    const proof = { name: "proof.pdf", content: pdfProof() };
    await app.upload(`/payments/${payment.id}/evidence`, company.rep.token, proof);
    return onPayment(payment, company.rep);
  },
  "POST /payments/{paymentId}/withdraw": async (app, company) => onPayment(await submitted(app, company), company.rep),
  "DELETE /payments/{paymentId}": async (app, company) => {
    const payment = await draft(app, company);
    return { ...onPayment(payment, company.rep), version: payment.version };
  },
  "PUT /payments/{paymentId}/claim": async (app, company) => onPayment(await submitted(app, company), company.verifier),
  "DELETE /payments/{paymentId}/claim": async (app, company) =>
    onPayment(await submitted(app, company), company.verifier),
  "GET /refunds": (_, { rep }) => ({ as: rep }),
  "POST /payments/{paymentId}/refunds": async (app, company) => ({
    ...onPayment(await verified(app, company), company.admin),
    body: refundBody,
  }),
  "POST /refunds/{refundId}/evidence": async (app, company) => ({
    as: company.admin,
    params: { refundId: (await makeRefund(app, company)).id },
    file: { name: "refund.pdf", content: pdfProof() },
  }),
  "POST /refunds/{refundId}/withdraw": async (app, company) => ({
    as: company.admin,
    params: { refundId: (await makeRefund(app, company)).id },
  }),
  "POST /refunds/{refundId}/decisions": async (app, company) => {
    const { id } = await makeRefund(app, company);
    const proof = { name: "refund.pdf", content: pdfProof() };
    const { body } = await app.upload(`/refunds/${id}/evidence`, company.admin.token, proof);
    return { as: company.verifier, params: { refundId: id }, body: { verdict: "verified", seenVersion: body.version } };
  },
  "GET /customers/{customerId}/credit": async (app, { rep }) => ({
    as: rep,
    params: { customerId: (await makeCustomer(app, rep)).id },
  }),
  "POST /payments/{paymentId}/credit-uses": async (app, company) => {
    const { rep, manager, verifier } = company;
    const customerId = (await makeCustomer(app, rep)).id;
    const deal = await makeDeal(app, { rep, manager }, { customerId });
    const amount = { amount: "1500.00", currency: "USD" };
    const payment = await makePayment(app, { rep, dealId: deal.id }, { amount });
    const body = { seenVersion: payment.version };
    await app.call("POST", `/payments/${payment.id}/approve`, { token: verifier.token, body });
    const other = await makeDeal(app, { rep, manager }, { customerId });
    return { ...onPayment(payment, rep), body: { dealId: other.id } };
  },
  "GET /verification-queue": (_, { verifier }) => ({ as: verifier }),
  "POST /payments/{paymentId}/decisions": async (app, company) => {
    const payment = await submitted(app, company);
    const body = { verdict: "rejected", seenVersion: payment.version, reasonCode: "unreadable" };
    return { ...onPayment(payment, company.verifier), body };
  },
  "POST /payments/{paymentId}/approve": async (app, company) => {
    const payment = await submitted(app, company);
    return { ...onPayment(payment, company.verifier), body: { seenVersion: payment.version } };
  },

  "GET /legal-entities": (_, { rep }) => ({ as: rep }),
  "POST /legal-entities": (_, { admin }) => ({ as: admin, body: { name: "Acme Works", taxId: "91-4470932" } }),
  "PATCH /legal-entities/{legalEntityId}": async (app, { admin }) => {
    const { body } = await app.call("POST", "/legal-entities", { token: admin.token, body: { name: "Acme Works" } });
    return { as: admin, params: { legalEntityId: body.id }, version: body.version, body: { taxPercent: "19" } };
  },
  "GET /invoices": (_, { rep }) => ({ as: rep }),
  "GET /invoice-summary": (_, { rep }) => ({ as: rep }),
  "POST /invoices": async (app, { rep, manager, admin }) => ({
    as: admin,
    body: { dealId: (await makeDeal(app, { rep, manager })).id },
  }),
  "GET /invoices/{invoiceId}": async (app, company) => onInvoice(await makeInvoice(app, company), company.rep),
  "PATCH /invoices/{invoiceId}": async (app, company) => {
    const invoice = await makeInvoice(app, company);
    return { ...onInvoice(invoice, company.admin), version: invoice.version, body: { buyerReference: "PO 77120" } };
  },
  "DELETE /invoices/{invoiceId}": async (app, company) => {
    const invoice = await makeInvoice(app, company);
    return { ...onInvoice(invoice, company.admin), version: invoice.version };
  },
  "POST /invoices/{invoiceId}/issue": async (app, company) => onInvoice(await makeInvoice(app, company), company.admin),
  "GET /invoices/{invoiceId}/pdf": async (app, company) => {
    const invoice = await makeInvoice(app, company, "issued");
    // The first who asks has it rendered; from then on it is read.
    await app.call("GET", `/invoices/${invoice.id}/pdf`, { token: company.rep.token });
    return onInvoice(invoice, company.rep);
  },
  "POST /invoices/{invoiceId}/credit-notes": async (app, company) => ({
    ...onInvoice(await makeInvoice(app, company, "issued"), company.admin),
    body: { reason: "wrong_amount" },
  }),
  "POST /invoices/{invoiceId}/allocations": async (app, company) => {
    const { token } = company.admin;
    const { id: paymentId } = await verified(app, company);
    const { body: receipt } = await app.call("GET", `/payments/${paymentId}/invoice`, { token });
    await app.call("POST", `/invoices/${receipt.id}/credit-notes`, { token, body: { reason: "other" } });
    const { body: draft } = await app.call("POST", "/invoices", { token, body: { dealId: receipt.deal.id } });
    await app.call("POST", `/invoices/${draft.id}/issue`, { token, body: { seenVersion: draft.version } });
    return { ...onInvoice(draft, company.admin), body: { paymentId } };
  },
  "POST /invoices/{invoiceId}/deliveries": async (app, company) => ({
    ...onInvoice(await makeInvoice(app, company, "issued"), company.admin),
    body: { recipients: ["accounts@volta.example"] },
  }),
  "GET /payments/{paymentId}/invoice": async (app, company) => {
    const payment = await submitted(app, company);
    const body = { seenVersion: payment.version };
    await app.call("POST", `/payments/${payment.id}/approve`, { token: company.verifier.token, body });
    await app.settle();
    return onPayment(payment, company.rep);
  },

  "GET /commissions": (_, { rep }) => ({ as: rep }),
  "GET /statements/{month}": (_, { rep }) => ({ as: rep, params: { month: "2026-11" } }),
  ...periodCalls,
  ...planCalls,
  ...disputeCalls,
  "GET /projects": (_, { rep }) => ({ as: rep }),
  "POST /projects": (_, { manager }) => ({ as: manager, body: { name: `Project ${randomUUID()}` } }),
  "GET /projects/{projectId}": async (app, company) => ({
    as: company.rep,
    params: { projectId: (await makeProject(app, company)).id },
  }),
  "PATCH /projects/{projectId}": async (app, company) => ({
    as: company.manager,
    params: { projectId: (await makeProject(app, company)).id },
    version: 1,
    body: { description: "The harbour, in three years" },
  }),
  "PUT /deals/{dealId}/project": async (app, company) => {
    const deal = await makeDeal(app, company);
    const projectId = (await makeProject(app, company)).id;
    return { ...onDeal(deal, company.rep), version: deal.version, body: { projectId } };
  },
  "GET /goals": (_, { rep }) => ({ as: rep }),
  "PUT /goals": async (app, company) => {
    const goal = {
      scope: "member",
      memberId: company.rep.id,
      month: "2027-01",
      target: { amount: "5000.00", currency: "USD" },
    };
    const { body } = await app.call("PUT", "/goals", { token: company.admin.token, body: goal });
    return { as: company.admin, body: { ...goal, seenVersion: body.version } };
  },
  "GET /analytics/dashboard": (_, { rep }) => ({ as: rep }),
  "GET /analytics/sales": (_, { rep }) => ({ as: rep }),
  "GET /analytics/sales/rows": (_, { rep }) => ({ as: rep }),
  "GET /analytics/commission": (_, { rep }) => ({ as: rep }),
  "GET /analytics/performance": (_, { rep }) => ({ as: rep }),
};

type Identified = { readonly id: string };

const onDeal = ({ id }: Identified, as: Company["rep"]) => ({ as, params: { dealId: id } });
const onPayment = ({ id }: Identified, as: Company["rep"]) => ({ as, params: { paymentId: id } });

const onInvoice = ({ id }: Identified, as: Company["rep"]) => ({ as, params: { invoiceId: id } });

async function makeSubmittedDeal(app: TestApp, { rep }: Company): Promise<Identified> {
  const deal = await makeDeal(app, { rep });
  const reply = await app.call("POST", `/deals/${deal.id}/submit`, { token: rep.token });
  if (reply.status !== 200) throw new Error(`submit deal: ${reply.text}`);
  return deal;
}

const cancellation = { kind: "cancellation", reason: "They went out of business" };

export async function makeProject(app: TestApp, { manager }: Company): Promise<Identified> {
  const body = { name: `Project ${randomUUID()}` };
  return (await app.call("POST", "/projects", { token: manager.token, body })).body;
}

async function proposedRevision(app: TestApp, { rep, manager }: Company) {
  const deal = await makeDeal(app, { rep, manager });
  const { body } = await app.call("POST", `/deals/${deal.id}/revisions`, { token: rep.token, body: cancellation });
  return { dealId: deal.id, revisionId: body.revisions[0].id };
}

async function openedDeal(app: TestApp, rep: Company["rep"]) {
  const body = {
    customerId: (await makeCustomer(app, rep)).id,
    title: "Support 2027",
    amount: { amount: "900.00", currency: "USD" },
  };
  return (await app.call("POST", "/deals", { token: rep.token, body })).body.deal;
}

async function makeInvoice(
  app: TestApp,
  { rep, manager, admin: { token } }: Company,
  state: "draft" | "issued" = "draft",
): Promise<Identified & { version: number }> {
  const deal = await makeDeal(app, { rep, manager });
  const { body: invoice } = await app.call("POST", "/invoices", { token, body: { dealId: deal.id } });
  if (state === "draft") return invoice;
  const body = { seenVersion: invoice.version };
  return (await app.call("POST", `/invoices/${invoice.id}/issue`, { token, body })).body;
}

async function draft(app: TestApp, { rep, manager }: Company) {
  return makePayment(app, { rep, dealId: (await makeDeal(app, { rep, manager })).id }, {}, "draft");
}

async function submitted(app: TestApp, { rep, manager }: Company) {
  return makePayment(app, { rep, dealId: (await makeDeal(app, { rep, manager })).id });
}

async function verified(app: TestApp, company: Company): Promise<Identified> {
  const payment = await submitted(app, company);
  const body = { seenVersion: payment.version };
  const reply = await app.call("POST", `/payments/${payment.id}/approve`, { token: company.verifier.token, body });
  if (reply.status !== 201) throw new Error(`verify: ${reply.text}`);
  return payment;
}

const refundBody = {
  kind: "refund",
  amount: { amount: "10.00", currency: "USD" },
  valueOn: "2026-11-18",
  reason: "Returned",
};

/** A refund of a verified payment, without a proof yet. */
export async function makeRefund(app: TestApp, company: Company): Promise<Identified> {
  const { id } = await verified(app, company);
  const reply = await app.call("POST", `/payments/${id}/refunds`, { token: company.admin.token, body: refundBody });
  if (reply.status !== 201) throw new Error(`refund: ${reply.text}`);
  return reply.body;
}
