import { expect } from "vitest";
import { openApp, type TestApp } from "./app.ts";
import { makeMember, makeOrganization, makeTeam, type MadeOrganization, type Person } from "./make.ts";
import { asOwner } from "./sql.ts";

/** An organization with two reps who do not see each other's records, and calls of its custom fields. */
export async function openFields() {
  const app = await openApp();
  app.setNow("2026-11-20T09:00:00Z");
  const acme: MadeOrganization = await makeOrganization(app);
  const [west, east] = [await makeTeam(app, acme), await makeTeam(app, acme)];
  const maya = await makeMember(app, acme, ["sales_rep"], west.id, { firstName: "Maya" });
  const tomas = await makeMember(app, acme, ["sales_rep"], east.id);
  const { token } = acme.admin;
  const seen = (version: number) => ({ "if-match": `"${version}"` });
  const add = (body: Record<string, unknown>, as: Person = acme.admin) =>
    app.call("POST", "/custom-fields", { token: as.token, body: { entity: "customer", type: "text", ...body } });
  return {
    app,
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

/** How many values are filed without a live record that has them. */
export async function misplacedValues(app: TestApp): Promise<number> {
  const [row] = await asOwner(
    app,
    `select count(*) as wrong from (
      select record_id, field_id, position, text_value, number_value, date_value, unique_value from custom_value
      except
      select r.* from customer c cross join lateral app.custom_value_rows(c.organization_id, c.id, c.custom) r where c.deleted_at is null
      except
      select r.* from contact c cross join lateral app.custom_value_rows(c.organization_id, c.id, c.custom) r where c.deleted_at is null
      except
      select r.* from opportunity c cross join lateral app.custom_value_rows(c.organization_id, c.id, c.custom) r where c.deleted_at is null
    ) difference`,
  );
  return Number(row.wrong);
}
