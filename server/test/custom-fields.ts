import { expect } from "vitest";
import type { TestApp } from "./app.ts";
import { makeMember, makeOrganization, makeTeam, type MadeOrganization, type Person } from "./make.ts";

/** An organization with two reps who do not see each other's records, and calls of its custom fields. */
export async function makeFieldScene(app: TestApp) {
  const acme: MadeOrganization = await makeOrganization(app);
  const [west, east] = [await makeTeam(app, acme), await makeTeam(app, acme)];
  const maya = await makeMember(app, acme, ["sales_rep"], west.id, { firstName: "Maya" });
  const tomas = await makeMember(app, acme, ["sales_rep"], east.id);
  const { token } = acme.admin;
  const seen = (version: number) => ({ "if-match": `"${version}"` });
  const add = (body: Record<string, unknown>, as: Person = acme.admin) =>
    app.call("POST", "/custom-fields", { token: as.token, body: { entity: "customer", type: "text", ...body } });
  return {
    acme,
    maya,
    tomas,
    add,
    /** Adds a field. */
    field: async (body: Record<string, unknown>): Promise<any> => {
      const reply = await add(body);
      expect(reply.status, reply.text).toBe(201);
      return reply.body;
    },
    change: (id: string, version: number, body: Record<string, unknown>) =>
      app.call("PATCH", `/custom-fields/${id}`, { token, body, headers: seen(version) }),
    hide: ({ id, version }: { id: string; version: number }) =>
      app.call("DELETE", `/custom-fields/${id}`, { token, headers: seen(version) }),
    /** Changes custom fields of a record. */
    edit: (path: string, version: number, custom: Record<string, unknown>, as: Person = maya) =>
      app.call("PATCH", path, { token: as.token, body: { custom }, headers: seen(version) }),
    read: (path: string, as: Person = maya) => app.call("GET", path, { token: as.token }),
  };
}

/** "custom.units required" for each wrong field that an answer names. */
export function faultsNamed(reply: { body: any }): string[] {
  return reply.body.errors?.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
}
