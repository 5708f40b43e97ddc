import { expect } from "vitest";
import { openApp, type TestApp } from "./app.ts";
import { untilIdle } from "./generated/calls-of-records.ts";
import { makeOrganization, type Person } from "./make.ts";

type Chosen = { options?: Record<string, unknown>; fixes?: Record<string, Record<string, string>> };

/** An organization whose admin imports, and the steps from a file to its records. */
export async function openImporting() {
  const app = await openApp();
  const acme = await makeOrganization(app);
  return { app, acme, admin: acme.admin, ...importingAs(app, acme.admin) };
}

/** The steps of an import, taken by this person. */
export function importingAs(app: TestApp, admin: Person) {
  const call = (person: Person, method: "GET" | "POST" | "PUT" | "PATCH", path: string, body?: unknown) =>
    app.call(method, path, { token: person.token, body });
  const read = async (path: string): Promise<any> => (await call(admin, "GET", path)).body;

  /** Uploads, chooses, checks and runs to the end. @returns the import and what the dry run said */
  async function imported(entity: string, content: string, { options = {}, fixes }: Chosen = {}): Promise<any> {
    const made = await app.upload("/imports", admin.token, { name: `${entity}.csv`, content }, { entity });
    expect(made.status, made.text).toBe(201);
    const { id, mapping } = made.body;
    const body = { ...mapping, options: { ...mapping.options, ...options }, ...(fixes && { fixes }) };
    expect((await call(admin, "PUT", `/imports/${id}/mapping`, body)).status).toBe(200);
    const dry = (await call(admin, "POST", `/imports/${id}/preview`)).body;
    return { ...(await ended(id, "run")), dry };
  }

  /** Runs, undoes or does again, to the end. */
  async function ended(id: string, step: "run" | "undo" | "redo"): Promise<any> {
    const reply = await call(admin, "POST", `/imports/${id}/${step}`);
    expect(reply.status, reply.text).toBe(202);
    await untilIdle(app, admin);
    return read(`/imports/${id}`);
  }

  return { call, read, imported, ended };
}
