import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import type { TestApp } from "../app.ts";
import { makeDeal, makePayment, type Person } from "../make.ts";
import type { MakeCall } from "./calls.ts";
import type { Company } from "./company.ts";

/** One row that can be imported and one that cannot; an external id is one row's in the whole organization. */
const salesFile = () => ({
  name: "sales.csv",
  content: `id,name,amount\n${randomUUID()},Imported sale,100.00\n${randomUUID()},Broken sale,abc\n`,
});

export const recordsCalls: Readonly<Record<string, MakeCall>> = {
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
  "POST /imports/{importId}/undo": async (app, { rep }) => onImport(rep, await makeFinishedImport(app, rep)),
};

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

/** Waits until no import of this person is at work. */
export async function untilIdle(app: TestApp, { token }: Person): Promise<void> {
  const atWork = new Set(["queued", "running", "undoing"]);
  await vi.waitFor(
    async () => {
      const { body } = await app.call("GET", "/imports?limit=200", { token });
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
