import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import type { TestApp } from "../app.ts";
import { makeCollaborator, makeCustomer, makeDeal, makeMember, makePayment, type Person } from "../make.ts";
import { asOwner } from "../sql.ts";
import type { Call, MakeCall } from "./calls.ts";
import type { Company } from "./company.ts";

/** One row that can be imported and one that cannot; an external id is one row's in the whole organization. */
const salesFile = () => ({
  name: "sales.csv",
  content: `id,name,amount\n${randomUUID()},Imported sale,100.00\n${randomUUID()},Broken sale,abc\n`,
});

export const recordsCalls: Readonly<Record<string, MakeCall>> = {
  "GET /record-access": async (app, { rep }) => ({
    as: rep,
    query: { entity: "customer", recordId: (await makeCustomer(app, rep)).id },
  }),
  "POST /collaborators": async (app, { organization, rep }) => ({
    as: rep,
    body: {
      entity: "customer",
      recordId: (await makeCustomer(app, rep)).id,
      memberId: (await makeMember(app, organization, ["sales_rep"])).id,
      access: "view",
    },
  }),
  "PATCH /collaborators/{collaboratorId}": async (app, company) => {
    const { id: collaboratorId, version } = await shareCustomer(app, company);
    return { as: company.rep, params: { collaboratorId }, version, body: { access: "edit" } };
  },
  "DELETE /collaborators/{collaboratorId}": async (app, company) => {
    const { id: collaboratorId, version } = await shareCustomer(app, company);
    return { as: company.rep, params: { collaboratorId }, version };
  },
  "GET /files/{fileId}": async (app, company) => ({
    as: company.rep,
    params: { fileId: await makeProof(app, company) },
  }),
  "GET /search": (_, { rep }) => ({ as: rep, query: { q: "sale" } }),
  "GET /trash": (_, { rep }) => ({ as: rep, query: { entity: "customer" } }),

  "POST /imports": (_, { rep }) => ({ as: rep, file: salesFile(), body: { entity: "opportunity" } }),
  "GET /imports": (_, { rep }) => ({ as: rep }),
  "GET /imports/{importId}": async (app, { rep }) => onImport(rep, await makeImport(app, rep)),
  "PUT /imports/{importId}/mapping": async (app, { rep }) => {
    const made = await makeImport(app, rep);
    return { ...onImport(rep, made), body: made.mapping };
  },
  "POST /imports/{importId}/preview": async (app, { rep }) => onImport(rep, await makeImport(app, rep)),
  "POST /imports/{importId}/run": async (app, { rep }) => onImport(rep, await makeImport(app, rep)),
  "GET /imports/{importId}/errors.csv": async (app, { rep }) => onImport(rep, await makeFinishedImport(app, rep)),
  "GET /imports/{importId}/kept-rows": async (app, { rep }) => onImport(rep, await makeFinishedImport(app, rep)),
  "GET /imports/{importId}/reviews": async (app, { rep }) => onImport(rep, await makeFinishedImport(app, rep)),
  "POST /imports/{importId}/reviews": async (app, { rep }) => ({
    ...onImport(rep, await makeReviewedImport(app, rep)),
    body: { rows: [2], verdict: "leave" },
  }),
  "POST /imports/{importId}/redo": async (app, { rep }) => {
    const made = await makeFinishedImport(app, rep);
    await app.call("POST", `/imports/${made.id}/undo`, { token: rep.token });
    await untilIdle(app, rep);
    return onImport(rep, made);
  },
  "POST /imports/{importId}/undo": async (app, { rep }) => onImport(rep, await makeFinishedImport(app, rep)),

  "GET /custom-fields": (_, { rep }) => ({ as: rep, query: { entity: "customer" } }),
  "POST /custom-fields": (_, { admin }) => ({ as: admin, body: customField() }),
  "PATCH /custom-fields/{customFieldId}": async (app, { admin }) => ({
    ...(await onCustomField(app, admin)),
    body: { help: "What it is for" },
  }),
  "PUT /custom-field-order": async (app, { admin }) => {
    const { params } = await onCustomField(app, admin);
    return { as: admin, body: { entity: "contact", fieldIds: [params.customFieldId] } };
  },
  "DELETE /custom-fields/{customFieldId}": (app, { admin }) => onCustomField(app, admin),
  "POST /custom-fields/{customFieldId}/restorations": async (app, { admin }) => {
    const { params } = await onCustomField(app, admin);
    const headers = { "if-match": '"1"' };
    await app.call("DELETE", `/custom-fields/${params.customFieldId}`, { token: admin.token, headers });
    return { as: admin, params };
  },
  "GET /custom-fields/{customFieldId}/usage": (app, { admin }) => onCustomField(app, admin),

  "GET /views": (_, { rep }) => ({ as: rep, query: { entity: "customer" } }),
  "POST /views": (_, { rep }) => ({ as: rep, body: viewOfCustomers }),
  "PATCH /views/{viewId}": async (app, { rep }) => ({ ...(await onView(app, rep)), body: { name: "Renamed" } }),
  "DELETE /views/{viewId}": (app, { rep }) => onView(app, rep),
  "POST /views/{viewId}/restorations": async (app, { rep }) => {
    const { params } = await onView(app, rep);
    const headers = { "if-match": '"1"' };
    await app.call("DELETE", `/views/${params.viewId}`, { token: rep.token, headers });
    return { as: rep, params };
  },
  "PUT /view-arrangement": async (app, { rep }) => {
    const { params } = await onView(app, rep);
    const body = { entity: "customer", viewIds: [params.viewId], defaultViewId: params.viewId };
    return { as: rep, body };
  },
  "POST /exports": (_, { rep }) => ({ as: rep, body: exportOfCustomers }),
  "GET /exports/{exportId}/file": async (app, { rep }) => ({
    as: rep,
    params: { exportId: await makeExport(app, rep) },
  }),

  "POST /bulk-changes/trial": async (app, { rep }) => ({ as: rep, body: await tagging(app, rep) }),
  "POST /bulk-changes": async (app, { rep }) => ({ as: rep, body: await tagging(app, rep) }),
  "GET /bulk-changes": (_, { rep }) => ({ as: rep }),
  "GET /bulk-changes/{bulkChangeId}": async (app, { rep }) => onBulkChange(rep, await makeBulkChange(app, rep)),
  "POST /bulk-changes/{bulkChangeId}/cancellations": async (app, { rep }) => {
    const id = await makeBulkChange(app, rep);
    // As one whose job has not begun: a real one may have ended by now.
    await asOwner(app, "update bulk_change set status = 'queued' where id = $1", [id]);
    return onBulkChange(rep, id);
  },
  "POST /bulk-changes/{bulkChangeId}/undo": async (app, { rep }) => onBulkChange(rep, await makeBulkChange(app, rep)),
};

const customField = () => ({ entity: "contact", type: "email", label: `Field ${randomUUID().slice(0, 8)}` });

async function onCustomField(app: TestApp, as: Person): Promise<Call & { params: { customFieldId: string } }> {
  const { body } = await app.call("POST", "/custom-fields", { token: as.token, body: customField() });
  return { as, params: { customFieldId: body.id }, version: 1 };
}

const anything = { match: "all", rules: [] };
const viewOfCustomers = { entity: "customer", name: "All of them", filter: anything };
const exportOfCustomers = { entity: "customer", filter: anything, columns: ["customer", "owner"] };

const onBulkChange = (as: Person, bulkChangeId: string) => ({ as, params: { bulkChangeId } });

async function onView(app: TestApp, as: Person): Promise<Call & { params: { viewId: string } }> {
  const { body } = await app.call("POST", "/views", { token: as.token, body: viewOfCustomers });
  return { as, params: { viewId: body.id }, version: 1 };
}

/** The id of an export of what somebody sees of the customers. */
export async function makeExport(app: TestApp, { token }: Person): Promise<string> {
  const { body } = await app.call("POST", "/exports", { token, body: exportOfCustomers });
  return body.id;
}

async function tagging(app: TestApp, person: Person, customerId?: string): Promise<Record<string, unknown>> {
  const id = customerId ?? (await makeCustomer(app, person)).id;
  const filter = { match: "all", rules: [{ field: "id", operator: "in", value: [id] }] };
  return { entity: "customer", filter, action: { kind: "addTags", tags: ["once"] } };
}

/** The id of a bulk change that is done, of this customer or a new one. */
export async function makeBulkChange(app: TestApp, person: Person, customerId?: string): Promise<string> {
  const body = await tagging(app, person, customerId);
  const reply = await app.call("POST", "/bulk-changes", { token: person.token, body });
  if (reply.status !== 202) throw new Error(`bulk change: ${reply.text}`);
  await untilChanged(app, person);
  return reply.body.id;
}

/** Waits until no bulk change of this person is at work. */
export async function untilChanged(app: TestApp, person: Person): Promise<void> {
  await untilNoneIsAtWork(app, person, "/bulk-changes");
}

type MadeImport = { readonly id: string; readonly mapping: Record<string, unknown> };

const onImport = (as: Person, { id }: MadeImport) => ({ as, params: { importId: id } });

async function makeImport(app: TestApp, { token }: Person): Promise<MadeImport> {
  const reply = await app.upload("/imports", token, salesFile(), { entity: "opportunity" });
  if (reply.status !== 201) throw new Error(`import: ${reply.text}`);
  return reply.body;
}

/** An import with one row that was made and one that failed. */
export async function makeFinishedImport(app: TestApp, person: Person): Promise<MadeImport> {
  const made = await makeImport(app, person);
  await app.call("POST", `/imports/${made.id}/run`, { token: person.token });
  await untilIdle(app, person);
  return made;
}

/** An import with one row that waits for a decision. */
async function makeReviewedImport(app: TestApp, person: Person): Promise<MadeImport> {
  const { name } = await makeCustomer(app, person);
  const file = { name: "customers.csv", content: `name,industry\n${name},Rail\n` };
  const made = (await app.upload("/imports", person.token, file, { entity: "customer" })).body;
  const mapping = { ...made.mapping, options: { onDuplicate: "review" } };
  await app.call("PUT", `/imports/${made.id}/mapping`, { token: person.token, body: mapping });
  await app.call("POST", `/imports/${made.id}/run`, { token: person.token });
  await untilIdle(app, person);
  return made;
}

/** Waits until no import of this person is at work. */
export async function untilIdle(app: TestApp, person: Person): Promise<void> {
  await untilNoneIsAtWork(app, person, "/imports");
}

async function untilNoneIsAtWork(app: TestApp, { token }: Person, path: string): Promise<void> {
  const atWork = new Set(["queued", "running", "undoing", "redoing"]);
  await vi.waitFor(
    async () => {
      const { body } = await app.call("GET", `${path}?limit=200`, { token });
      expect(body.items.filter(({ status }: { status: string }) => atWork.has(status))).toEqual([]);
    },
    { timeout: 20_000, interval: 10 },
  );
  await app.settle();
}

/** The id of a stored proof of payment. */
async function makeProof(app: TestApp, crew: Company): Promise<string> {
  const { id: dealId } = await makeDeal(app, crew);
  const payment = await makePayment(app, { rep: crew.rep, dealId });
  return payment["evidence"][0].id;
}

async function shareCustomer(app: TestApp, { organization, rep }: Company): Promise<{ id: string; version: number }> {
  const { id: recordId } = await makeCustomer(app, rep);
  const { id: memberId } = await makeMember(app, organization, ["sales_rep"]);
  return makeCollaborator(app, rep, { entity: "customer", recordId, memberId });
}
