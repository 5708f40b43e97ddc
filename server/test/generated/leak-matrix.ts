import { expect } from "vitest";
import { expectForbidden, list, shared, single, totals, type Check, type Entry } from "./leak-checks.ts";
import { leaksOfFigures } from "./leaks-of-figures.ts";
import { owners, recordsOf, seenBy, type Kind, type Scene } from "./sight.ts";

const trash: Check = async (scene, viewer, ask) => {
  for (const entity of ["customer", "contact", "opportunity", "interaction"] as const) {
    await list(`trashed ${entity}`, { entity }).check(scene, viewer, ask);
  }
};

/** Own views and shared ones; whoever may not read the records has no views of them. */
const views: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "view");
  const reply = await ask({}, { entity: "customer" });
  if (seen === null) return expectForbidden(reply);
  expect(reply.body.items.map(({ id }: { id: string }) => id).toSorted()).toEqual(seen);
};

/** Everything whose name begins with its owner's. */
const search: Check = async (scene, viewer, ask) => {
  const found = ["customer", "contact", "opportunity", "interaction", "deal", "payment"] as const;
  for (const owner of owners) {
    const { body } = await ask({}, { q: `${owner} `, limit: "20" });
    const expected = found.flatMap((kind) => (seenBy(scene, viewer, kind) ?? []).filter(namedBy(scene, owner)));
    expect(body.items.map(({ id }: { id: string }) => id).toSorted(), owner).toEqual(expected.toSorted());
  }
};

/** Imported sales and the one that an admin opened are called otherwise. */
function namedBy({ records }: Scene, owner: string): (id: string) => boolean {
  const own = Map.groupBy(
    records.filter((record) => record.owner === owner),
    ({ kind }) => kind,
  );
  const named = [
    ...["customer", "contact", "interaction", "deal", "payment"].flatMap((kind) => own.get(kind as Kind) ?? []),
    ...(own.get("opportunity") ?? []).slice(0, 2),
  ];
  const ids = new Set(named.map(({ id }) => id));
  return (id) => ids.has(id);
}

/** Its cards are in sight, and its counts are of what is in sight: of owners, so that what was shared is in neither. */
const board: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, { ...viewer, granted: [] }, "opportunity");
  const reply = await ask({ pipelineId: scene.pipelineId });
  if (seen === null) return expectForbidden(reply);
  const columns: { count: number; stage: { kind: string }; cards: { id: string }[] }[] = reply.body.columns;
  expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(seen.length);
  const open = columns.filter(({ stage }) => stage.kind === "open");
  const cards = open.flatMap((column) => column.cards.map(({ id }) => id));
  expect(cards).toHaveLength(open.reduce((sum, { count }) => sum + count, 0));
  expect(cards.filter((id) => !seen.includes(id))).toEqual([]);
};

/** Nobody planned a next step for anything: the view counts every open one in sight. */
const attention: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, { ...viewer, granted: [] }, "opportunity");
  const reply = await ask({ pipelineId: scene.pipelineId });
  if (seen === null) return expectForbidden(reply);
  const won = seenBy(scene, viewer, "deal") ?? [];
  const { count } = reply.body.views.find(({ view }: { view: string }) => view === "no-next-step");
  expect(count).toBe(seen.length - won.length);
};

/** What is open and what was won is in sight. */
const analysis: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "opportunity");
  const reply = await ask({ pipelineId: scene.pipelineId });
  if (seen === null) return expectForbidden(reply);
  const open: { open: { count: number } }[] = reply.body.age;
  const { won, lost } = reply.body.velocity;
  expect(open.reduce((sum, bucket) => sum + bucket.open.count, 0) + won.count + lost.count).toBeLessThanOrEqual(
    seen.length,
  );
};

const analysisRows: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "opportunity");
  const reply = await ask({ pipelineId: scene.pipelineId }, { figure: "age", key: "0" });
  if (seen === null) return expectForbidden(reply);
  expect(reply.body.items.filter(({ id }: { id: string }) => !seen.includes(id))).toEqual([]);
};

/** As many as are in sight. */
const invoiceSummary: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "invoice");
  const reply = await ask();
  if (seen === null) return expectForbidden(reply);
  const counts: { count: number }[] = reply.body.states;
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(seen.length);
};

/** The receipt of each payment in sight that was verified. */
const invoiceOfPayment: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "invoice");
  const waiting = new Set(recordsOf(scene, "waiting payment").map(({ id }) => id));
  for (const { id, owner } of recordsOf(scene, "payment")) {
    const reply = await ask({ paymentId: id });
    if (seen === null) expectForbidden(reply);
    else {
      const isTold = !waiting.has(id) && viewer.sees.invoice?.includes(owner) === true;
      expect([id, reply.status]).toEqual([id, isTold ? 200 : 404]);
    }
  }
};

/** A person's statement: whose commission is in sight. */
const statement: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "commission");
  for (const owner of owners) {
    const { id: participantId } = scene.people[owner];
    const reply = await ask({ month: "2026-11" }, { participantId });
    if (seen === null) expectForbidden(reply);
    else expect([owner, reply.status]).toEqual([owner, viewer.sees.commission?.includes(owner) ? 200 : 404]);
    if (reply.status !== 200) continue;
    const lines = scene.records.filter((record) => record.kind === "commission" && record.owner === owner);
    expect(reply.body.lines.map(({ id }: { id: string }) => id)).toEqual(lines.map(({ id }) => id));
  }
};

/** The statements of a month: of those whose commission is in sight, for who approves any. */
const period: Check = async (scene, viewer, ask) => {
  const reply = await ask({ month: "2026-11" });
  if (!approvers.has(viewer.name)) return expectForbidden(reply);
  const told = reply.body.statements.map(({ participant }: { participant: { id: string } }) => participant.id);
  const seen = owners.filter((owner) => viewer.sees.commission?.includes(owner)).map((owner) => scene.people[owner].id);
  expect(told.toSorted()).toEqual(seen.toSorted());
};
const approvers: ReadonlySet<string> = new Set(["manager Mona", "admin", "finance"]);

/** The files of a month are for those who close it. */
const payoutFile: Check = async (_, viewer, ask) => {
  const { status } = await ask({ month: "2026-11" });
  expect([viewer.name, status]).toEqual([viewer.name, ["admin", "finance"].includes(viewer.name) ? 409 : 403]);
};

/** A person's figures: whose are in sight, and no more money in them than is theirs to see. */
const dashboard: Check = async (scene, viewer, ask) => {
  for (const owner of owners) {
    const reply = await ask({}, { memberId: scene.people[owner].id });
    expect([owner, reply.status]).toEqual([owner, viewer.sees.figures?.includes(owner) ? 200 : 404]);
    if (reply.status !== 200) continue;
    // The own page of somebody who leads adds up everybody in sight.
    const isOwn = viewer.person.id === scene.people[owner].id;
    const whose = isOwn ? owners.filter((name) => viewer.sees.figures?.includes(name)) : [owner];
    const sum = whose.reduce((total, name) => total + scene.verified[name], 0);
    expect([owner, reply.body.verified.amount]).toEqual([owner, `${sum}.00`]);
  }
};

/** A customer's free money follows both: whoever sees the customer, and of it the payments in sight. */
const customerCredit: Check = async (scene, viewer, ask) => {
  const seen = seenBy(scene, viewer, "customer") ?? [];
  for (const { id } of recordsOf(scene, "customer")) {
    const reply = await ask({ customerId: id });
    if (seenBy(scene, viewer, "payment") === null) expectForbidden(reply);
    else expect([id, reply.status]).toEqual([id, seen.includes(id) ? 200 : 404]);
  }
};

/** 404 for each record that is not in sight, and a reason for each one that is. */
const recordAccess: Check = async (scene, viewer, ask) => {
  for (const entity of ["customer", "contact", "opportunity"] as const) {
    const seen = seenBy(scene, viewer, entity);
    for (const { id: recordId } of recordsOf(scene, entity)) {
      const reply = await ask({}, { entity, recordId });
      if (seen === null) expectForbidden(reply);
      else expect([recordId, reply.status]).toEqual([recordId, seen.includes(recordId) ? 200 : 404]);
      if (reply.status === 200) expect(reply.body.reasons).not.toEqual([]);
    }
  }
};

/** Every route that reads, by what it may tell whom. A route without an entry fails the test of that name. */
export const leakMatrix: Readonly<Record<string, Entry>> = {
  "GET /customers": list("customer", {}, true),
  "GET /customers/totals": totals("customer", "ownerId"),
  "GET /customers/{customerId}": single("customer", "customerId"),
  "GET /customers/{customerId}/timeline": single("customer", "customerId"),
  "GET /customers/{customerId}/credit": { check: customerCredit },
  "GET /contacts": list("contact", {}, true),
  "GET /contacts/totals": totals("contact", "ownerId"),
  "GET /contacts/{contactId}": single("contact", "contactId"),
  "GET /contacts/{contactId}/timeline": single("contact", "contactId"),
  "GET /interactions": list("interaction", {}, true),
  "GET /interactions/{interactionId}": single("interaction", "interactionId"),
  "GET /opportunities": list("opportunity", {}, true),
  "GET /opportunities/totals": totals("opportunity", "stageId"),
  "GET /opportunities/{opportunityId}": single("opportunity", "opportunityId"),
  "GET /opportunities/{opportunityId}/timeline": single("opportunity", "opportunityId"),
  "GET /pipelines/{pipelineId}/board": { check: board },
  "GET /pipelines/{pipelineId}/attention": { check: attention },
  "GET /pipelines/{pipelineId}/analysis": { check: analysis },
  "GET /pipelines/{pipelineId}/analysis/rows": { check: analysisRows },
  "GET /deals": list("deal"),
  "GET /deals/{dealId}": single("deal", "dealId"),
  "GET /payments": list("payment"),
  "GET /payments/{paymentId}": single("payment", "paymentId"),
  "GET /payments/{paymentId}/invoice": { check: invoiceOfPayment },
  "GET /invoices": list("invoice"),
  "GET /invoices/{invoiceId}": single("invoice", "invoiceId"),
  "GET /invoices/{invoiceId}/pdf": single("invoice", "invoiceId"),
  "GET /invoice-summary": { check: invoiceSummary },
  "GET /verification-queue": list("waiting payment"),
  "GET /refunds": list("refund"),
  "GET /commissions": list("commission"),
  "GET /statements/{month}": { check: statement },
  "GET /adjustments": shared("held by the reach of commissions, as disputes are"),
  "GET /disputes": list("dispute"),
  "GET /disputes/{disputeId}": single("dispute", "disputeId"),
  "GET /periods": shared("which months are closed is no secret to who approves statements"),
  "GET /periods/{month}": { check: period },
  "GET /periods/{month}/payroll.csv": { check: payoutFile },
  "GET /periods/{month}/general-ledger.csv": { check: payoutFile },
  "GET /record-access": { check: recordAccess },
  "GET /files/{fileId}": single("file", "fileId"),
  "GET /imports": list("import"),
  "GET /imports/{importId}": single("import", "importId"),
  "GET /imports/{importId}/errors.csv": single("import", "importId"),
  "GET /imports/{importId}/kept-rows": single("import", "importId"),
  "GET /imports/{importId}/reviews": single("import", "importId"),
  "GET /exports/{exportId}/file": single("export", "exportId"),
  "GET /bulk-changes": list("bulk change"),
  "GET /bulk-changes/{bulkChangeId}": single("bulk change", "bulkChangeId"),
  "GET /views": { check: views, query: { entity: "customer" } },
  "GET /trash": { check: trash, query: { entity: "customer" } },
  "GET /duplicates": shared("pairs of which both are in sight; tried in duplicates.api.test.ts", {
    entity: "customer",
  }),
  "GET /duplicates/matches": shared("what looks alike and is in sight; tried in duplicates.api.test.ts", {
    entity: "customer",
    name: "ana",
  }),
  "GET /search": { check: search, query: { q: "ana " } },
  "GET /analytics/dashboard": { check: dashboard },
  ...leaksOfFigures,

  "GET /pipelines": shared("stages are the organization's"),
  "GET /custom-fields": shared(
    "which fields records have is the organization's; what stands in them comes with the record",
    { entity: "customer" },
  ),
  "GET /custom-fields/{customFieldId}/usage": shared("how many records, for admins; no names of other people's views"),
  "GET /legal-entities": shared("who issues invoices is the organization's"),
  "GET /products": shared("products are the organization's"),
  "GET /members": shared("colleagues are known by name; who joined when is no secret"),
  "GET /members/{memberId}": shared("as the list"),
  "GET /roles": shared("what roles may do is known"),
  "GET /roles/{roleId}": shared("as the list"),
  "GET /teams": shared("teams are known"),
  "GET /projects": shared("projects are the organization's; their figures add up the deals in sight"),
  "GET /projects/{projectId}": shared("as the list"),
  "GET /goals": shared("goals and how far they are reached are shared, by permission goal.read"),
  "GET /plans": shared("plans are the organization's, by permission plan.read"),
  "GET /plans/{planId}": shared("as the list"),
  "GET /plan-document": shared("the text of the plan of the caller alone"),
  "GET /earnings/me": shared("the caller's own alone"),
  "GET /exchange-rates": shared("rates are the organization's"),
  "GET /settings": shared("the organization's calendar and currency"),
  "GET /invitations": shared("whoever invites sees who was invited"),
  "GET /auth/user": shared("the caller alone"),
  "GET /invitation-links/{token}": shared("whoever holds the secret"),
  "GET /audit-log": { ...shared("the permission is to read all of it"), tellsAll: true },
  "GET /audit-log/verification": shared("counts and a verdict"),
};
