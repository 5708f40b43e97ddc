import { randomUUID } from "node:crypto";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import type { Session } from "@rainmaker/contracts/organization/sessions";
import type { TestApp } from "./app.ts";
import type { Calling } from "./calling.ts";
import { asServerRole } from "./sql.ts";

/** Somebody signed in. */
export type Person = {
  readonly id: string;
  readonly token: string;
  readonly email: string;
  readonly password: string;
  readonly session: Session;
  readonly cookie: string;
};

/** An organization with its admin. */
export type MadeOrganization = { readonly id: string; readonly admin: Person };

const password = "correct horse battery";

export async function makeOrganization(
  app: Calling,
  name = `Organization ${randomUUID().slice(0, 8)}`,
): Promise<MadeOrganization> {
  const email = `admin-${randomUUID()}@test.example`;
  const reply = await app.call<Session>("POST", "/auth/register", {
    body: { organizationName: name, firstName: "Ada", lastName: "Admin", email, password },
  });
  if (reply.status !== 201) throw new Error(`register: ${reply.text}`);
  return { id: reply.body.user.organization?.id ?? "", admin: personOf(reply, email) };
}

/** A member with these roles, who has accepted an invitation and is signed in. */
export async function makeMember(
  app: Calling,
  { admin }: MadeOrganization,
  roles: readonly Role[],
  team?: string,
  name: { firstName?: string; lastName?: string } = {},
  customRoleIds: readonly string[] = [],
): Promise<Person> {
  const email = `member-${randomUUID()}@test.example`;
  const invited = await app.call("POST", "/invitations", {
    token: admin.token,
    body: { emails: [email], roles, customRoleIds, teamId: team ?? null },
  });
  if (invited.status !== 201) throw new Error(`invite: ${invited.text}`);
  const accepted = await app.call<Session>("POST", "/auth/accept-invitation", {
    body: {
      token: invited.body.items[0].token,
      firstName: name.firstName ?? "Mia",
      lastName: name.lastName ?? randomUUID().slice(0, 8),
      password,
    },
  });
  if (accepted.status !== 201) throw new Error(`accept: ${accepted.text}`);
  return personOf(accepted, email);
}

/** Shares a record with a colleague. @param entity such as customer */
export async function makeCollaborator(
  app: Calling,
  { token }: Person,
  shared: { entity: string; recordId: string; memberId: string; access?: string; until?: string },
): Promise<{ id: string; version: number }> {
  return expectMade(await app.call("POST", "/collaborators", { token, body: { access: "view", ...shared } }));
}

/** A role of the organization's own. @param grants such as { "customer.read": "team" } */
export async function makeRole(
  app: Calling,
  { token }: Person,
  grants: Record<string, string> = { "customer.read": "own" },
): Promise<{ id: string; name: string; version: number }> {
  const listed = Object.entries(grants).map(([permission, reach]) => ({ permission, reach }));
  const body = { name: `Role ${randomUUID().slice(0, 8)}`, grants: listed };
  return expectMade(await app.call("POST", "/roles", { token, body }));
}

/** Somebody with roles of the organization's own, and none of the product's. */
export async function makeMemberWith(
  app: Calling,
  organization: MadeOrganization,
  customRoleIds: readonly string[],
  team?: string,
): Promise<Person> {
  return makeMember(app, organization, [], team, {}, customRoleIds);
}

export async function makeTeam(
  app: Calling,
  { admin }: MadeOrganization,
  team: { name?: string; parentId?: string | null; leaderId?: string | null } = {},
): Promise<{ id: string; version: number }> {
  const reply = await app.call("POST", "/teams", {
    token: admin.token,
    body: { name: `Team ${randomUUID().slice(0, 8)}`, ...team },
  });
  if (reply.status !== 201) throw new Error(`team: ${reply.text}`);
  return reply.body;
}

function personOf(reply: { body: Session; headers: Record<string, unknown> }, email: string): Person {
  const cookie = [reply.headers["set-cookie"]].flat().join().split(";")[0] ?? "";
  return { id: reply.body.user.id, token: reply.body.accessToken, email, password, session: reply.body, cookie };
}

/** The statuses of answers to requests that ran at once, in a fixed order. */
export function statusesOf(replies: readonly { readonly status: number }[]): number[] {
  return replies.map(({ status }) => status).toSorted((a, b) => a - b);
}

/** What the log says of a record or a type, newest first, once everything so far stands in it. */
export async function auditOf(app: TestApp, { token }: Person, query: string): Promise<any[]> {
  await app.settle();
  const reply = await app.call("GET", `/audit-log?${query}`, { token });
  if (reply.status !== 200) throw new Error(`audit log: ${reply.text}`);
  return reply.body.items;
}

type Made = { readonly id: string; readonly version: number; readonly number: string };

export async function makeCustomer(
  app: Calling,
  { token }: Person,
  customer: Record<string, unknown> = {},
): Promise<Made & { name: string }> {
  const body = { name: `Customer ${randomUUID().slice(0, 8)}`, ...customer };
  return expectMade(await app.call("POST", "/customers", { token, body }));
}

export async function makeContact(
  app: Calling,
  { token }: Person,
  contact: Record<string, unknown> = {},
): Promise<Made & Record<string, any>> {
  const body = { firstName: "Ruth", lastName: `Adeyemi ${randomUUID().slice(0, 8)}`, ...contact };
  return expectMade(await app.call("POST", "/contacts", { token, body }));
}

export async function makeProduct(
  app: Calling,
  { token }: Person,
  product: Record<string, unknown> = {},
): Promise<Made & Record<string, any>> {
  const body = { name: `Product ${randomUUID().slice(0, 8)}`, ...product };
  return expectMade(await app.call("POST", "/products", { token, body }));
}

/** A call, with a customer unless told otherwise. */
export async function makeInteraction(
  app: Calling,
  person: Person,
  interaction: Record<string, unknown> = {},
): Promise<Made & Record<string, any>> {
  const isAboutSomething = ["customerId", "opportunityId", "contactIds"].some((name) => name in interaction);
  const about = isAboutSomething ? {} : { customerId: (await makeCustomer(app, person)).id };
  const body = { kind: "call", ...about, ...interaction };
  return expectMade(await app.call("POST", "/interactions", { token: person.token, body }));
}

/** An open opportunity, with a customer and a value unless told otherwise. */
export async function makeOpportunity(
  app: Calling,
  person: Person,
  opportunity: Record<string, unknown> = {},
): Promise<Made & Record<string, any>> {
  const customerId = "customerId" in opportunity ? opportunity["customerId"] : (await makeCustomer(app, person)).id;
  const body = {
    title: `Sale ${randomUUID().slice(0, 8)}`,
    amount: { amount: "1000.00", currency: "USD" },
    ...opportunity,
    customerId,
  };
  return expectMade(await app.call("POST", "/opportunities", { token: person.token, body }));
}

export type MadeStage = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly probability: number;
};

/** The default pipeline and its stages by name. */
export async function pipelineOf(
  app: Calling,
  { token }: Person,
): Promise<{ id: string; stages: Record<string, MadeStage> }> {
  const reply = await app.call("GET", "/pipelines", { token });
  const [pipeline] = reply.body.items;
  return {
    id: pipeline.id,
    stages: Object.fromEntries(pipeline.stages.map((stage: MadeStage) => [stage.name, stage])),
  };
}

/** Stage of the default pipeline that certainly exists. */
export function stageNamed({ stages }: { stages: Record<string, MadeStage> }, name: string): MadeStage {
  const stage = stages[name];
  if (stage === undefined) throw new Error(`no stage ${name}`);
  return stage;
}

function expectMade(reply: { status: number; body: any; text: string }): any {
  if (reply.status !== 201) throw new Error(`${reply.status}: ${reply.text}`);
  return reply.body;
}

/** The smallest PDF a proof can be; `seed` makes its hash its own. */
export function pdfProof(seed: string = randomUUID()): Buffer {
  return Buffer.from(`%PDF-1.4\n% ${seed}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`);
}

export type Crew = { readonly rep: Person; readonly manager: Person; readonly verifier: Person };

/** A team with a rep, their manager and a verifier. */
export async function makeCrew(
  app: Calling,
  organization: MadeOrganization,
): Promise<Crew & { readonly teamId: string }> {
  const team = await makeTeam(app, organization);
  const rep = await makeMember(app, organization, ["sales_rep"], team.id);
  const manager = await makeMember(app, organization, ["manager"], team.id);
  const verifier = await makeMember(app, organization, ["verifier"]);
  return { rep, manager, verifier, teamId: team.id };
}

/** A deal of a won opportunity, in draft; approved where a manager is given. */
export async function makeDeal(
  app: Calling,
  { rep, manager }: { rep: Person; manager?: Person },
  fields: Record<string, unknown> = {},
): Promise<Made & Record<string, any>> {
  const opportunity = await makeOpportunity(app, rep, fields);
  const won = stageNamed(await pipelineOf(app, rep), "Won");
  const moved = await app.call("POST", `/opportunities/${opportunity.id}/moves`, {
    token: rep.token,
    body: { stageId: won.id },
  });
  if (moved.status !== 200) throw new Error(`win: ${moved.text}`);
  const { body } = await app.call("GET", `/deals?opportunityId=${opportunity.id}`, { token: rep.token });
  const [deal] = body.items;
  if (manager === undefined) return deal;
  await app.call("POST", `/deals/${deal.id}/submit`, { token: rep.token });
  const approved = await app.call("POST", `/deals/${deal.id}/approve`, { token: manager.token });
  if (approved.status !== 200) throw new Error(`approve: ${approved.text}`);
  return approved.body;
}

type Shares = readonly (readonly [person: Person, basisPoints: number, kind?: "revenue" | "overlay"])[];

/**
 * Credits a deal to these people instead of its owner alone, as no screen does yet.
 * @returns "committed", or what refused
 */
export function creditDeal(
  app: TestApp,
  { id: organizationId }: MadeOrganization,
  deal: Record<string, any>,
  shares: Shares,
): Promise<string> {
  return asServerRole(app, organizationId, async (client) => {
    await client.query("delete from deal_credit where deal_id = $1", [deal["id"]]);
    for (const [person, basisPoints, kind = "revenue"] of shares) {
      await client.query(
        `insert into deal_credit (organization_id, id, deal_id, owner_id, participant_id, kind, basis_points)
         values ($1, gen_random_uuid(), $2, $3, $4, $5, $6)`,
        [organizationId, deal["id"], deal["owner"].id, person.id, kind, basisPoints],
      );
    }
  });
}

/** A payment on a deal: a draft without proof, or one that was submitted with a proof. */
export async function makePayment(
  app: Calling,
  { rep, dealId }: { rep: Person; dealId: string },
  fields: Record<string, unknown> = {},
  state: "draft" | "submitted" = "submitted",
): Promise<Made & Record<string, any>> {
  const body = {
    dealId,
    amount: { amount: "100.00", currency: "USD" },
    method: "bank_transfer",
    valueOn: "2026-11-17",
    ...fields,
  };
  const payment = expectMade(await app.call("POST", "/payments", { token: rep.token, body }));
  if (state === "draft") return payment;
  expectMade(
    await app.upload(`/payments/${payment.id}/evidence`, rep.token, { name: "proof.pdf", content: pdfProof() }),
  );
  const submitted = await app.call("POST", `/payments/${payment.id}/submit`, { token: rep.token });
  if (submitted.status !== 200) throw new Error(`submit: ${submitted.text}`);
  return submitted.body;
}
