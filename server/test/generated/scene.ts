import type { TestApp } from "../app.ts";
import {
  makeCollaborator,
  makeInteraction,
  makeMember,
  makeMemberWith,
  makeOpportunity,
  makeOrganization,
  makeRole,
  makeTeam,
  pipelineOf,
  type MadeOrganization,
  type Person,
} from "../make.ts";
import { asOwner } from "../sql.ts";
import { makeOwnerless, makeRecords, readCommissions, readInvoices, verified } from "./scene-records.ts";
import { kinds, owners, type Kind, type Owner, type Scene, type SceneRecord, type Viewer } from "./sight.ts";

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
