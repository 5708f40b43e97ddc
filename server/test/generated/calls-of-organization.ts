import { randomUUID } from "node:crypto";
import type { TestApp } from "../app.ts";
import { makeMember, makeRole, makeTeam, type Person } from "../make.ts";
import type { MakeCall } from "./calls.ts";
import type { Company } from "./company.ts";

const address = (): string => `someone-${randomUUID()}@test.example`;

export const organizationCalls: Readonly<Record<string, MakeCall>> = {
  "POST /auth/register": () => ({
    as: null,
    body: {
      organizationName: "Fresh",
      firstName: "Ada",
      lastName: "Fresh",
      email: address(),
      password: "correct horse battery",
    },
  }),
  "POST /auth/login": (_, { admin: { email, password } }) => ({ as: null, body: { email, password } }),
  "POST /auth/refresh": async (app, { organization }) => {
    const { cookie } = await makeMember(app, organization, ["viewer"]);
    return { as: null, headers: { cookie } };
  },
  "POST /auth/logout": async (app, { organization }) => ({ as: await makeMember(app, organization, ["viewer"]) }),
  "GET /auth/user": (_, { rep }) => ({ as: rep }),
  "POST /auth/change-password": async (app, { organization }) => {
    const as = await makeMember(app, organization, ["viewer"]);
    return { as, body: { currentPassword: as.password, newPassword: "another horse battery" } };
  },
  "POST /auth/accept-invitation": async (app, company) => ({
    as: null,
    body: {
      token: (await invite(app, company)).token,
      firstName: "Nia",
      lastName: "New",
      password: "correct horse battery",
    },
  }),
  "GET /invitation-links/{token}": async (app, company) => ({
    as: null,
    params: { token: (await invite(app, company)).token },
  }),

  "GET /members": (_, { rep }) => ({ as: rep }),
  "GET /members/{memberId}": (_, { rep, manager }) => ({ as: rep, params: { memberId: manager.id } }),
  "PATCH /members/{memberId}": async (app, { organization, admin }) => {
    const { id: memberId } = await makeMember(app, organization, ["viewer"]);
    const version = await versionOf(app, admin, `/members/${memberId}`);
    return { as: admin, params: { memberId }, version, body: { jobTitle: "Account executive" } };
  },
  "GET /roles": (_, { rep }) => ({ as: rep }),
  "GET /roles/{roleId}": async (app, company) => ({
    as: company.rep,
    params: { roleId: (await makeRole(app, company.admin)).id },
  }),
  "POST /roles": (_, { admin }) => ({
    as: admin,
    body: { name: `Role ${randomUUID()}`, grants: [{ permission: "customer.read", reach: "team" }] },
  }),
  "PATCH /roles/{roleId}": async (app, { admin }) => {
    const { id: roleId, version } = await makeRole(app, admin);
    return { as: admin, params: { roleId }, version, body: { description: "Looks after one team" } };
  },
  "DELETE /roles/{roleId}": async (app, { admin }) => {
    const { id: roleId, version } = await makeRole(app, admin);
    return { as: admin, params: { roleId }, version };
  },
  "POST /role-previews": async (app, { admin, rep }) => ({
    as: admin,
    body: { roleId: (await makeRole(app, admin)).id, memberId: rep.id },
  }),
  "GET /teams": (_, { rep }) => ({ as: rep }),
  "POST /teams": (_, { admin }) => ({ as: admin, body: { name: `Team ${randomUUID()}` } }),
  "PATCH /teams/{teamId}": async (app, { organization, admin }) => {
    const { id: teamId, version } = await makeTeam(app, organization);
    return { as: admin, params: { teamId }, version, body: { name: `Renamed ${teamId}` } };
  },

  "GET /invitations": (_, { admin }) => ({ as: admin }),
  "POST /invitations": (_, { admin }) => ({ as: admin, body: { emails: [address()], roles: ["viewer"] } }),
  "POST /invitations/{invitationId}/renewals": async (app, company) => ({
    as: company.admin,
    params: { invitationId: (await invite(app, company)).id },
  }),
  "DELETE /invitations/{invitationId}": async (app, company) => ({
    as: company.admin,
    params: { invitationId: (await invite(app, company)).id },
  }),

  "GET /settings": (_, { rep }) => ({ as: rep }),
  "PATCH /settings": async (app, { admin }) => ({
    as: admin,
    version: await versionOf(app, admin, "/settings"),
    body: { holidays: ["2026-12-25"] },
  }),
  "GET /audit-log": (_, { admin }) => ({ as: admin }),
  "POST /audit-log/exports": (_, { admin }) => ({ as: admin }),
  "GET /audit-log/verification": (_, { admin }) => ({ as: admin }),
};

/** An invitation that waits. */
async function invite(app: TestApp, { admin }: Company): Promise<{ id: string; token: string }> {
  const reply = await app.call("POST", "/invitations", {
    token: admin.token,
    body: { emails: [address()], roles: ["viewer"] },
  });
  return reply.body.items[0];
}

async function versionOf(app: TestApp, { token }: Person, path: string): Promise<number> {
  return (await app.call("GET", path, { token })).body.version;
}
