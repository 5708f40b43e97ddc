import { randomUUID } from "node:crypto";
import {
  makeContact,
  makeCustomer,
  makeInteraction,
  makeOpportunity,
  makeProduct,
  pipelineOf,
  stageNamed,
  type Person,
} from "../make.ts";
import type { TestApp } from "../app.ts";
import type { MakeCall } from "./calls.ts";

export const salesCalls: Readonly<Record<string, MakeCall>> = {
  "GET /customers": (_, { rep }) => ({ as: rep }),
  "GET /customers/totals": (_, { rep }) => ({ as: rep, query: { groupBy: "industry" } }),
  "POST /customers": (_, { rep }) => ({ as: rep, body: { name: "New customer" } }),
  "GET /customers/{customerId}": async (app, { rep }) => onCustomer(rep, await makeCustomer(app, rep)),
  "PATCH /customers/{customerId}": async (app, { rep }) => ({
    ...(await customerSeen(app, rep)),
    body: { industry: "Logistics" },
  }),
  "DELETE /customers/{customerId}": (app, { rep }) => customerSeen(app, rep),
  "POST /customers/{customerId}/restorations": async (app, { rep }) => {
    const customer = await makeCustomer(app, rep);
    await trash(app, rep, `/customers/${customer.id}`, customer.version);
    return onCustomer(rep, customer);
  },
  "POST /customers/{customerId}/merges": customerMerge,
  "POST /customers/{customerId}/merges/previews": customerMerge,
  "GET /customers/{customerId}/timeline": async (app, { rep }) => onCustomer(rep, await makeCustomer(app, rep)),

  "GET /duplicates/matches": (_, { rep }) => ({ as: rep, query: { entity: "customer", name: "Customer 7" } }),
  "GET /duplicates": (_, { rep }) => ({ as: rep, query: { entity: "customer" } }),
  "POST /duplicates/dismissals": async (app, { rep }) => ({
    as: rep,
    body: {
      entity: "customer",
      recordIds: [(await makeCustomer(app, rep)).id, (await makeCustomer(app, rep)).id],
      isDismissed: true,
    },
  }),
  "PUT /timeline-pins": async (app, { rep }) => {
    const { id } = await makeCustomer(app, rep);
    const { id: entryId } = await makeInteraction(app, rep, { customerId: id });
    return { as: rep, body: { entity: "customer", recordId: id, entryId, isPinned: true } };
  },
  "GET /contacts": (_, { rep }) => ({ as: rep }),
  "GET /contacts/totals": (_, { rep }) => ({ as: rep, query: { groupBy: "ownerId" } }),
  "POST /contacts": async (app, { rep }) => ({
    as: rep,
    body: { lastName: "New contact", customers: [{ customerId: (await makeCustomer(app, rep)).id, role: "Buyer" }] },
  }),
  "GET /contacts/{contactId}": async (app, { rep }) => onContact(rep, await makeContact(app, rep)),
  "PATCH /contacts/{contactId}": async (app, { rep }) => ({
    ...(await contactSeen(app, rep)),
    body: { title: "Head of purchasing" },
  }),
  "DELETE /contacts/{contactId}": (app, { rep }) => contactSeen(app, rep),
  "POST /contacts/{contactId}/restorations": async (app, { rep }) => {
    const contact = await makeContact(app, rep);
    await trash(app, rep, `/contacts/${contact.id}`, contact.version);
    return onContact(rep, contact);
  },

  "POST /contacts/{contactId}/merges": contactMerge,
  "POST /contacts/{contactId}/merges/previews": contactMerge,
  "GET /contacts/{contactId}/timeline": async (app, { rep }) => onContact(rep, await makeContact(app, rep)),

  "GET /interactions": (_, { rep }) => ({ as: rep }),
  "POST /interactions": async (app, { rep }) => ({
    as: rep,
    body: { kind: "call", customerId: (await makeCustomer(app, rep)).id, body: "Wants net 60" },
  }),
  "GET /interactions/{interactionId}": async (app, { rep }) => onInteraction(rep, await makeInteraction(app, rep)),
  "PATCH /interactions/{interactionId}": async (app, { rep }) => ({
    ...(await interactionSeen(app, rep)),
    body: { outcome: "reached" },
  }),
  "DELETE /interactions/{interactionId}": (app, { rep }) => interactionSeen(app, rep),
  "POST /interactions/{interactionId}/restorations": async (app, { rep }) => {
    const interaction = await makeInteraction(app, rep);
    await trash(app, rep, `/interactions/${interaction.id}`, interaction.version);
    return onInteraction(rep, interaction);
  },

  "GET /products": (_, { rep }) => ({ as: rep }),
  "POST /products": (_, { admin }) => ({ as: admin, body: { name: `Product ${randomUUID()}` } }),
  "PATCH /products/{productId}": async (app, { admin }) => {
    const { id: productId, version } = await makeProduct(app, admin);
    return { as: admin, params: { productId }, version, body: { price: { amount: "12.00", currency: "USD" } } };
  },
  "GET /pipelines": (_, { rep }) => ({ as: rep }),
  "POST /pipelines": (_, { admin }) => ({ as: admin, body: { name: `Pipeline ${randomUUID()}` } }),
  "PATCH /pipelines/{pipelineId}": async (app, { admin }) => {
    const { body } = await app.call("POST", "/pipelines", { token: admin.token, body: { name: randomUUID() } });
    return { as: admin, params: { pipelineId: body.id }, version: body.version, body: { name: randomUUID() } };
  },
  "GET /pipelines/{pipelineId}/board": async (app, { rep }) => onPipeline(app, rep),
  "GET /pipelines/{pipelineId}/attention": async (app, { rep }) => onPipeline(app, rep),
  "GET /pipelines/{pipelineId}/analysis": async (app, { rep }) => onPipeline(app, rep),
  "GET /pipelines/{pipelineId}/analysis/rows": async (app, { rep }) => ({
    ...(await onPipeline(app, rep)),
    query: { figure: "age", key: "0" },
  }),

  "GET /opportunities": (_, { rep }) => ({ as: rep }),
  "GET /opportunities/totals": (_, { rep }) => ({ as: rep, query: { groupBy: "stageId" } }),
  "POST /opportunities": async (app, { rep }) => ({
    as: rep,
    body: { title: "New sale", customerId: (await makeCustomer(app, rep)).id },
  }),
  "GET /opportunities/{opportunityId}": async (app, { rep }) => onOpportunity(rep, await makeOpportunity(app, rep)),
  "PATCH /opportunities/{opportunityId}": async (app, { rep }) => ({
    ...(await opportunitySeen(app, rep)),
    body: { nextStep: "Call back" },
  }),
  "POST /opportunities/{opportunityId}/moves": async (app, { rep }) => ({
    ...onOpportunity(rep, await makeOpportunity(app, rep)),
    body: { stageId: stageNamed(await pipelineOf(app, rep), "Lost").id, lostReason: "price" },
  }),
  "DELETE /opportunities/{opportunityId}": (app, { rep }) => opportunitySeen(app, rep),
  "POST /opportunities/{opportunityId}/restorations": async (app, { rep }) => {
    const opportunity = await makeOpportunity(app, rep);
    await trash(app, rep, `/opportunities/${opportunity.id}`, opportunity.version);
    return onOpportunity(rep, opportunity);
  },
  "GET /opportunities/{opportunityId}/timeline": async (app, { rep }) =>
    onOpportunity(rep, await makeOpportunity(app, rep)),
};

type Identified = { readonly id: string };

const onCustomer = (as: Person, { id }: Identified) => ({ as, params: { customerId: id } });
const onContact = (as: Person, { id }: Identified) => ({ as, params: { contactId: id } });
const onInteraction = (as: Person, { id }: Identified) => ({ as, params: { interactionId: id } });
const onOpportunity = (as: Person, { id }: Identified) => ({ as, params: { opportunityId: id } });
const onPipeline = async (app: TestApp, as: Person) => ({
  as,
  params: { pipelineId: (await pipelineOf(app, as)).id },
});

async function customerMerge(app: TestApp, { rep }: { readonly rep: Person }) {
  const [kept, other] = [await makeCustomer(app, rep), await makeCustomer(app, rep)];
  return {
    ...onCustomer(rep, kept),
    body: { seenVersion: 1, others: [{ id: other.id, seenVersion: 1 }], choices: { name: other.id } },
  };
}

async function contactMerge(app: TestApp, { rep }: { readonly rep: Person }) {
  const [kept, other] = [await makeContact(app, rep), await makeContact(app, rep)];
  return {
    ...onContact(rep, kept),
    body: { seenVersion: 1, others: [{ id: other.id, seenVersion: 1 }], choices: { title: other.id } },
  };
}

async function customerSeen(app: TestApp, rep: Person) {
  const customer = await makeCustomer(app, rep);
  return { ...onCustomer(rep, customer), version: customer.version };
}

async function contactSeen(app: TestApp, rep: Person) {
  const contact = await makeContact(app, rep);
  return { ...onContact(rep, contact), version: contact.version };
}

async function interactionSeen(app: TestApp, rep: Person) {
  const interaction = await makeInteraction(app, rep);
  return { ...onInteraction(rep, interaction), version: interaction.version };
}

async function opportunitySeen(app: TestApp, rep: Person) {
  const opportunity = await makeOpportunity(app, rep);
  return { ...onOpportunity(rep, opportunity), version: opportunity.version };
}

async function trash(app: TestApp, { token }: Person, path: string, version: number): Promise<void> {
  const { status, text } = await app.call("DELETE", path, { token, headers: { "if-match": `"${version}"` } });
  if (status !== 204) throw new Error(`trash: ${text}`);
}
