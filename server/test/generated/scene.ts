import { scopedEntities } from "@rainmaker/contracts/organization/permissions";
import type { TestApp } from "../app.ts";
import {
  makeCollaborator,
  makeContact,
  makeCustomer,
  makeDeal,
  makeInteraction,
  makeMember,
  makeMemberWith,
  makeOpportunity,
  makeOrganization,
  makePayment,
  makeRole,
  makeTeam,
  pdfProof,
  pipelineOf,
  type MadeOrganization,
  type Person,
} from "../make.ts";
import { asOwner } from "../sql.ts";
import { makeBulkChange, makeExport, makeFinishedImport } from "./calls-of-records.ts";
import { makeDispute } from "./calls-of-disputes.ts";

/** Whose records there are. Ana, Cy and Mona are in one team tree, led by Mona; Dora is in a team of her own. */
export const owners = ["ana", "cy", "mona", "dora"] as const;
export type Owner = (typeof owners)[number];

/** What is looked for: records by entity, and those in states that lists tell apart. */
export const kinds = [
  ...scopedEntities,
  "trashed customer",
  "contact",
  "trashed contact",
  "interaction",
  "trashed interaction",
  "trashed opportunity",
  "waiting payment",
  "refund",
  "dispute",
  "file",
  "import",
  "export",
  "bulk change",
  "view",
] as const;
export type Kind = (typeof kinds)[number];

export type SceneRecord = { readonly id: string; readonly kind: Kind; readonly owner: Owner | null };

/** Somebody who looks, and the people whose records they see; null where they may not ask at all. */
export type Viewer = {
  readonly name: string;
  readonly person: Person;
  readonly sees: Readonly<Record<Kind | "figures", readonly (Owner | null)[] | null>>;
  /** Seen beside those: by a sale with it. */
  readonly granted: readonly string[];
};

export type Scene = {
  readonly organization: MadeOrganization;
  readonly stranger: MadeOrganization;
  readonly people: Readonly<Record<Owner, Person>>;
  readonly records: readonly SceneRecord[];
  readonly viewers: readonly Viewer[];
  readonly pipelineId: string;
  /** Verified money of each: no two sets of people add up to the same. */
  readonly verified: Readonly<Record<Owner, number>>;
};

const verified: Scene["verified"] = { ana: 100, cy: 200, mona: 400, dora: 800 };

/** One organization in which everybody has something of everything, and people who see different parts of it. */
export async function makeScene(app: TestApp): Promise<Scene> {
  const organization = await makeOrganization(app);
  const { admin } = organization;
  const north = await makeTeam(app, organization);
  const junior = await makeTeam(app, organization, { parentId: north.id });
  const south = await makeTeam(app, organization);
  const mona = await makeMember(app, organization, ["manager"], north.id);
  await app.call("PATCH", `/teams/${north.id}`, {
    token: admin.token,
    body: { leaderId: mona.id, seenVersion: north.version },
  });
  const people = {
    ana: await makeMember(app, organization, ["sales_rep"], north.id),
    cy: await makeMember(app, organization, ["sales_rep"], junior.id),
    mona,
    dora: await makeMember(app, organization, ["sales_rep"], south.id),
  };
  const verifier = await makeMember(app, organization, ["verifier"]);
  const records: SceneRecord[] = [];
  for (const owner of owners) {
    records.push(...(await makeRecords(app, { ...people, admin, verifier }, owner)));
  }
  records.push(...(await makeOwnerless(app, admin)));
  const ofAna = (wanted: Kind): string =>
    records.find(({ kind, owner }) => kind === wanted && owner === "ana")?.id ?? "";
  const shared = ofAna("customer");
  const sale = await makeOpportunity(app, admin, { customerId: shared, ownerId: people.dora.id });
  records.push({ id: sale.id, kind: "opportunity", owner: "dora" });
  const guest = await makeInteraction(app, people.dora, { customerId: shared, subject: "ana asked" });
  records.push({ id: guest.id, kind: "interaction", owner: "ana" });
  const others = await makeOthers(app, organization, verifier);
  await app.settle();
  return {
    organization,
    stranger: await makeOrganization(app),
    people,
    records: [...records, ...(await readCommissions(app, admin, people)), ...(await readInvoices(app, admin, people))],
    viewers: [
      { name: "rep Ana", person: people.ana, sees: seller(["ana"], "ana"), granted: [] },
      {
        name: "rep Dora",
        person: people.dora,
        sees: seller(["dora"], "dora"),
        granted: [shared, ofAna("contact"), guest.id],
      },
      { name: "manager Mona", person: people.mona, sees: seller(["mona", "ana", "cy"], "mona"), granted: [] },
      { name: "admin", person: admin, sees: { ...everything, "waiting payment": null, import: [] }, granted: [] },
      await makeColleague(app, organization, records, people),
      await makeCoach(app, organization, junior.id),
      ...others,
    ],
    pipelineId: (await pipelineOf(app, admin)).id,
    verified,
  };
}

type Sight = Viewer["sees"];

/** The same of every kind. */
function ofAll(seen: Sight[Kind]): Record<Kind | "figures", Sight[Kind]> {
  return { ...(Object.fromEntries(kinds.map((kind) => [kind, seen])) as Record<Kind, Sight[Kind]>), figures: seen };
}

const everybody = [...owners, null];
/** What is everybody's own; these have none. */
const personal = { export: [], "bulk change": [], view: [] };
const everything: Sight = { ...ofAll(everybody), ...personal, import: null };
const analyst: Sight = {
  ...everything,
  "trashed customer": null,
  "trashed contact": null,
  "trashed interaction": null,
  "trashed opportunity": null,
  "waiting payment": null,
  commission: null,
  dispute: null,
};

/** Somebody who sells, and sees these people's records; imports are everybody's own. */
function seller(seen: readonly Owner[], self: Owner): Sight {
  const own = [self];
  return { ...ofAll(seen), "waiting payment": null, import: own, export: own, "bulk change": own, view: own };
}

/** Somebody who owns nothing: two records are shared with them, and a third was until yesterday. */
async function makeColleague(
  app: TestApp,
  organization: MadeOrganization,
  records: readonly SceneRecord[],
  { ana, mona, dora }: Scene["people"],
): Promise<Viewer> {
  const person = await makeMember(app, organization, ["sales_rep"]);
  const first = (kind: Kind, whose: Owner): string =>
    records.find((record) => record.kind === kind && record.owner === whose)?.id ?? "";
  const share = (by: Person, entity: "customer" | "contact" | "opportunity", recordId: string) =>
    makeCollaborator(app, by, { entity, recordId, memberId: person.id, until: "2026-12-01" });
  const [sale, customer, contact] = [first("opportunity", "ana"), first("customer", "ana"), first("contact", "mona")];
  await share(ana, "opportunity", sale);
  await share(mona, "contact", contact);
  const gone = await share(dora, "customer", first("customer", "dora"));
  const over = [gone.id, app.now().toISOString()];
  await asOwner(app, "update collaborator set expires_at = $2::timestamptz where id = $1", over);
  const sees = { ...ofAll([]), "waiting payment": null };
  return { name: "colleague with shares", person, sees, granted: [sale, customer, contact] };
}

/** Somebody whose only role is the organization's own: another reach for each entity. */
async function makeCoach(app: TestApp, organization: MadeOrganization, teamId: string): Promise<Viewer> {
  const role = await makeRole(app, organization.admin, {
    "customer.read": "all",
    "customer.delete": "own",
    "contact.read": "own",
    "opportunity.read": "team",
    "deal.read": "team",
    "analytics.read": "own",
  });
  const person = await makeMemberWith(app, organization, [role.id], teamId);
  const sees: Sight = {
    ...ofAll(null),
    ...personal,
    file: [],
    customer: everybody,
    "trashed customer": [],
    contact: [],
    opportunity: ["cy"],
    deal: ["cy"],
    figures: [],
  };
  return { name: "coach by custom role", person, sees, granted: [] };
}

/** People who look without selling. */
async function makeOthers(app: TestApp, organization: MadeOrganization, verifier: Person): Promise<Viewer[]> {
  const member = (role: "finance" | "analyst" | "viewer") => makeMember(app, organization, [role]);
  return [
    {
      name: "verifier",
      person: verifier,
      sees: { ...analyst, interaction: null, "waiting payment": everybody },
      granted: [],
    },
    {
      name: "finance",
      person: await member("finance"),
      sees: { ...analyst, interaction: null, commission: everybody, dispute: everybody },
      granted: [],
    },
    { name: "analyst", person: await member("analyst"), sees: analyst, granted: [] },
    // A file says of no permission that it is missing: it is nobody's business that it exists.
    {
      name: "viewer",
      person: await member("viewer"),
      sees: { ...ofAll(null), ...personal, view: null, file: [], figures: [] },
      granted: [],
    },
  ];
}

type Cast = Readonly<Record<Owner | "admin" | "verifier", Person>>;

async function makeRecords(app: TestApp, cast: Cast, owner: Owner): Promise<SceneRecord[]> {
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
async function makeOwnerless(app: TestApp, admin: Person): Promise<SceneRecord[]> {
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

async function readCommissions(app: TestApp, { token }: Person, people: Scene["people"]): Promise<SceneRecord[]> {
  const { body } = await app.call("GET", "/commissions", { token });
  return body.items.map(({ id, participant }: { id: string; participant: { id: string } }) => ({
    kind: "commission",
    id,
    owner: owners.find((owner) => people[owner].id === participant.id) ?? null,
  }));
}

/** Receipts of the verified payments. */
async function readInvoices(app: TestApp, { token }: Person, people: Scene["people"]): Promise<SceneRecord[]> {
  const { body } = await app.call("GET", "/invoices", { token });
  return body.items.map(({ id, owner: { id: ownerId } }: { id: string; owner: { id: string } }) => ({
    kind: "invoice",
    id,
    owner: owners.find((owner) => people[owner].id === ownerId) ?? null,
  }));
}

/** Records of a kind. @throws a sentence where the scene has none, and would show nothing */
export function recordsOf({ records }: Scene, kind: Kind): SceneRecord[] {
  const found = records.filter((record) => record.kind === kind);
  if (found.length === 0) throw new Error(`Make a ${kind} for every owner in server/test/generated/scene.ts`);
  return found;
}

/** Ids of a kind that somebody sees; null where they may not ask. */
export function seenBy({ records }: Scene, viewer: Viewer, kind: Kind): string[] | null {
  const seen = viewer.sees[kind];
  if (seen === null) return null;
  const ids = records
    .filter((record) => record.kind === kind)
    .filter(({ id, owner }) => seen.includes(owner) || viewer.granted.includes(id))
    .map(({ id }) => id);
  return ids.toSorted();
}

/** Ids of records that somebody must not learn of. */
export function hiddenFrom(scene: Scene, viewer: Viewer): Set<string> {
  const seen = new Set(kinds.flatMap((kind) => seenBy(scene, viewer, kind) ?? []));
  return new Set(scene.records.map(({ id }) => id).filter((id) => !seen.has(id)));
}
