import { randomUUID } from "node:crypto";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import type { Session } from "@rainmaker/contracts/organization/sessions";
import type { TestApp } from "./app.ts";

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
  app: TestApp,
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
  app: TestApp,
  { admin }: MadeOrganization,
  roles: readonly Role[],
  team?: string,
  name: { firstName?: string; lastName?: string } = {},
): Promise<Person> {
  const email = `member-${randomUUID()}@test.example`;
  const invited = await app.call("POST", "/invitations", {
    token: admin.token,
    body: { emails: [email], roles, teamId: team ?? null },
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

export async function makeTeam(
  app: TestApp,
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
