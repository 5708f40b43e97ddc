import type { TestApp } from "../app.ts";
import {
  makeContact,
  makeCustomer,
  makeDeal,
  makeInteraction,
  makeOpportunity,
  makePayment,
  pdfProof,
  type Person,
} from "../make.ts";
import { makeDispute } from "./calls-of-disputes.ts";
import { makeBulkChange, makeExport, makeFinishedImport } from "./calls-of-records.ts";
import { owners, type Kind, type Owner, type Scene, type SceneRecord } from "./sight.ts";

/** Verified money of each. */
export const verified: Scene["verified"] = { ana: 100, cy: 200, mona: 400, dora: 800 };

type Cast = Readonly<Record<Owner | "admin" | "verifier", Person>>;

/** Something of everything, of one person. */
export async function makeRecords(app: TestApp, cast: Cast, owner: Owner): Promise<SceneRecord[]> {
  const rep = cast[owner];
  const customer = await makeCustomer(app, rep, { name: `${owner} customer` });
  const contact = await makeContact(app, rep, personAt(owner, "contact", customer));
  const trashedContact = await makeContact(app, rep, personAt(owner, "gone", customer));
  const withContact = { customerId: customer.id, contactIds: [contact.id] };
  const call = await makeInteraction(app, rep, { ...withContact, subject: `${owner} called` });
  const trashedCall = await makeInteraction(app, rep, { ...withContact, subject: `${owner} gone` });
  const open = await makeOpportunity(app, rep, { title: `${owner} open`, customerId: customer.id });
  const trashedCustomer = await makeCustomer(app, rep, { name: `${owner} gone` });
  const trashed = await makeOpportunity(app, rep, { title: `${owner} gone`, customerId: customer.id });
  await trash(app, rep, `/customers/${trashedCustomer.id}`);
  await trash(app, rep, `/contacts/${trashedContact.id}`);
  await trash(app, rep, `/interactions/${trashedCall.id}`);
  await trash(app, rep, `/opportunities/${trashed.id}`);
  const title = `${owner} won`;
  const deal = await makeDeal(app, { rep, manager: cast.admin }, { title, customerId: customer.id });
  const amount = { amount: `${verified[owner]}.00`, currency: "USD" };
  const paid = await makePayment(app, { rep, dealId: deal.id }, { amount, reference: `${owner} paid` });
  await verify(app, cast.verifier, paid);
  const refund = await makeRefund(app, cast.admin, paid);
  const dispute = await makeDispute(app, rep, paid.id, "1.00");
  const waiting = await makePayment(app, { rep, dealId: deal.id }, { reference: `${owner} waiting` });
  const { id: importId } = await makeFinishedImport(app, rep);
  const imported = await importedBy(app, rep);
  const looks = { entity: "customer", name: `${owner} looks`, filter: { match: "all", rules: [] } };
  const { body: view } = await app.call("POST", "/views", { token: rep.token, body: looks });
  const made: readonly (readonly [Kind, string])[] = [
    ["customer", customer.id],
    ["trashed customer", trashedCustomer.id],
    ["contact", contact.id],
    ["trashed contact", trashedContact.id],
    ["interaction", call.id],
    ["trashed interaction", trashedCall.id],
    ["opportunity", open.id],
    ["opportunity", deal["opportunity"].id],
    ["opportunity", imported],
    ["trashed opportunity", trashed.id],
    ["deal", deal.id],
    ["payment", paid.id],
    ["payment", waiting.id],
    ["waiting payment", waiting.id],
    ["file", paid["evidence"][0].id],
    ["file", waiting["evidence"][0].id],
    ["refund", refund.id],
    ["file", refund.evidence[0].id],
    ["dispute", dispute.id],
    ["import", importId],
    ["export", await makeExport(app, rep)],
    ["bulk change", await makeBulkChange(app, rep, customer.id)],
    ["view", view.id],
  ];
  return made.map(([kind, id]) => ({ kind, id, owner }));
}

const personAt = (firstName: string, lastName: string, { id: customerId }: { id: string }) => ({
  firstName,
  lastName,
  customers: [{ customerId }],
});

/** Records that belong to nobody: only who sees all sees them. */
export async function makeOwnerless(app: TestApp, admin: Person): Promise<SceneRecord[]> {
  const customer = await makeCustomer(app, admin);
  const opportunity = await makeOpportunity(app, admin, { customerId: customer.id });
  const contact = await makeContact(app, admin, { customers: [{ customerId: customer.id }] });
  const call = await makeInteraction(app, admin, { opportunityId: opportunity.id, contactIds: [contact.id] });
  for (const path of [`/opportunities/${opportunity.id}`, `/customers/${customer.id}`, `/contacts/${contact.id}`]) {
    const reply = await app.call("PATCH", path, { token: admin.token, body: { ownerId: null, seenVersion: 1 } });
    if (reply.status !== 200) throw new Error(`ownerless: ${reply.text}`);
  }
  return [
    { kind: "customer", id: customer.id, owner: null },
    { kind: "opportunity", id: opportunity.id, owner: null },
    { kind: "contact", id: contact.id, owner: null },
    { kind: "interaction", id: call.id, owner: null },
  ];
}

/** A small part of a payment that went back, sent to be verified. */
async function makeRefund(app: TestApp, { token }: Person, { id }: { id: string }) {
  const amount = { amount: "0.01", currency: "USD" };
  const body = { kind: "refund", amount, valueOn: "2026-11-18", reason: "Returned" };
  const made = await app.call("POST", `/payments/${id}/refunds`, { token, body });
  const sent = await app.upload(`/refunds/${made.body.id}/evidence`, token, { name: "r.pdf", content: pdfProof() });
  if (sent.status !== 201) throw new Error(`refund: ${sent.text}`);
  return sent.body;
}

async function trash(app: TestApp, { token }: Person, path: string): Promise<void> {
  const { status, text } = await app.call("DELETE", path, { token, headers: { "if-match": '"1"' } });
  if (status !== 204) throw new Error(`trash: ${text}`);
}

async function verify(app: TestApp, { token }: Person, payment: { id: string; version: number }): Promise<void> {
  const body = { seenVersion: payment.version };
  const { status, text } = await app.call("POST", `/payments/${payment.id}/approve`, { token, body });
  if (status !== 201) throw new Error(`verify: ${text}`);
}

async function importedBy(app: TestApp, { token, id }: Person): Promise<string> {
  const { body } = await app.call("GET", `/opportunities?q=Imported&ownerId=${id}`, { token });
  return body.items[0].id;
}

/** What the verified payments earned. */
export async function readCommissions(
  app: TestApp,
  { token }: Person,
  people: Scene["people"],
): Promise<SceneRecord[]> {
  const { body } = await app.call("GET", "/commissions", { token });
  return body.items.map(({ id, participant }: { id: string; participant: { id: string } }) => ({
    kind: "commission",
    id,
    owner: owners.find((owner) => people[owner].id === participant.id) ?? null,
  }));
}

/** Receipts of the verified payments. */
export async function readInvoices(app: TestApp, { token }: Person, people: Scene["people"]): Promise<SceneRecord[]> {
  const { body } = await app.call("GET", "/invoices", { token });
  return body.items.map(({ id, owner: { id: ownerId } }: { id: string; owner: { id: string } }) => ({
    kind: "invoice",
    id,
    owner: owners.find((owner) => people[owner].id === ownerId) ?? null,
  }));
}
