import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { entityOf, events, type EventType } from "@rainmaker/contracts/events";
import { scopedEntities } from "@rainmaker/contracts/organization/permissions";
import { hintEvent, type Hint } from "@rainmaker/contracts/realtime";
import { fileSubjects } from "#modules/records";
import { hintsOf, rooms } from "#platform/realtime";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startRealtime } from "../src/processes/realtime.ts";
import { openApp, type TestApp } from "./app.ts";
import { nameOf, send } from "./generated/calls.ts";
import { openContents, type Contents } from "./generated/contents.ts";
import type { Entry } from "./generated/leak-checks.ts";
import { leakMatrix } from "./generated/leak-matrix.ts";
import { makeScene } from "./generated/scene.ts";
import { hiddenFrom, owners, recordsOf, type Scene, type Viewer } from "./generated/sight.ts";
import { makeContact, makeDeal, makeInteraction, makePayment, type MadeOrganization, type Person } from "./make.ts";

const app = await openApp();
const scene: Scene = await makeScene(app);
afterAll(() => app.close());

const readers = app.endpoints.filter(({ method }) => method === "GET");
const entryOf = (endpoint: Endpoint): Entry => {
  const entry = leakMatrix[nameOf(endpoint)];
  if (entry === undefined) throw new Error(`Say in leak-matrix.ts what ${nameOf(endpoint)} may tell whom`);
  return entry;
};
const anId = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const idsIn = (text: string): string[] => text.match(anId) ?? [];

test("every route that reads says in server/test/generated/leak-matrix.ts what it may tell whom", () => {
  const served = readers.map(nameOf);
  expect(
    served.filter((name) => !(name in leakMatrix)),
    "routes without an entry",
  ).toEqual([]);
  expect(
    Object.keys(leakMatrix).filter((name) => !served.includes(name)),
    "entries without a route",
  ).toEqual([]);
});

describe.each(readers.map((endpoint) => [nameOf(endpoint), endpoint] as const))("%s", (_name, endpoint) => {
  test.each(scene.viewers)("tells $name of exactly what is in sight", async (viewer) => {
    const { check, tellsAll } = entryOf(endpoint);
    const hidden = tellsAll === true ? new Set() : hiddenFrom(scene, viewer);
    await check(scene, viewer, async (params = {}, query = {}) => {
      const reply = await send(app, endpoint, { as: viewer.person, params, query });
      // A refusal has an id too, the request's.
      const told = reply.status < 300 ? idsIn(reply.text) : [];
      expect(told.filter((id) => hidden.has(id))).toEqual([]);
      return reply;
    });
  });
});

/** Ids in a path are tried by contracts.api.test.ts. */
const general = readers.filter(({ path }) => !path.includes("{"));

test.each(general.map((endpoint) => [nameOf(endpoint), endpoint] as const))(
  "%s tells another organization nothing",
  async (_name, endpoint) => {
    const { query = {} } = entryOf(endpoint);
    const ask = async ({ admin: as }: MadeOrganization) => idsIn((await send(app, endpoint, { as, query })).text);
    const ours = new Set(await ask(scene.organization));
    expect((await ask(scene.stranger)).filter((id) => ours.has(id))).toEqual([]);
  },
);

describe("sockets", () => {
  let sockets: Listening[];
  const names = [...scene.viewers.map(({ name }) => name), "stranger"];

  beforeAll(async () => {
    await app.http.app.listen({ port: 0, host: "127.0.0.1" });
    const realtime = startRealtime(app.runtime, app.http.app.server);
    const people = [...scene.viewers.map(({ person }) => person), scene.stranger.admin];
    sockets = await Promise.all(people.map(listen));
    return async () => {
      for (const { socket } of sockets) socket.disconnect();
      await realtime.close();
    };
  });

  async function listen({ token }: Person): Promise<Listening> {
    const { port } = app.http.app.server.address() as { port: number };
    const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], auth: { token }, forceNew: true });
    const heard: Hint[] = [];
    socket.on(hintEvent, (hint: Hint) => void heard.push(hint));
    await new Promise<void>((resolve, reject) => {
      socket.on("connect", resolve);
      socket.on("connect_error", reject);
    });
    return { socket, heard };
  }

  /**
   * What each socket heard, once these ids were heard by anybody: a hint goes to all of its rooms at once, and a
   * last hint to everybody comes behind it on each socket.
   */
  async function heardOf(ids: readonly string[]): Promise<Record<string, string[]>> {
    await untilHeard(() => ids.every((wanted) => sockets.some(({ heard }) => heard.some(({ id }) => id === wanted))));
    const last = { entity: "organization", id: crypto.randomUUID(), version: null };
    const everywhere = [scene.organization, scene.stranger].map(({ id }) => rooms.organization(id));
    app.runtime.workplace.sendHints([{ ...last, rooms: everywhere }]);
    await untilHeard(() => sockets.every(({ heard }) => heard.some(({ id }) => id === last.id)));
    const told = sockets.map(({ heard }) => heard.splice(0).filter(({ id }) => id !== last.id));
    return Object.fromEntries(
      told.map((hints, index) => [names[index], hints.map(({ entity, id }) => `${entity} ${id}`).toSorted()]),
    );
  }

  const untilHeard = (isHeard: () => boolean) =>
    vi.waitFor(() => expect(isHeard()).toBe(true), { timeout: 10_000, interval: 5 });

  const sequenced = (type: EventType, recordId: string, ownerId: string | null) => ({
    organizationId: scene.organization.id,
    type,
    entity: entityOf(type),
    recordId,
    version: 1,
    ownerId,
    previousOwnerId: null,
    changed: [],
  });

  test.each(scopedEntities)(
    "a change of a %s is hinted to who sees its owner's, and to nobody else",
    async (entity) => {
      const type = Object.keys(events).find((name) => entityOf(name as EventType) === entity) as EventType;
      app.runtime.workplace.sendHints(
        owners.flatMap((owner) => hintsOf(sequenced(type, owner, scene.people[owner].id))),
      );
      const expected = (sees: Viewer["sees"]) =>
        owners
          .filter((owner) => sees[entity]?.includes(owner))
          .map((owner) => `${entity} ${owner}`)
          .toSorted();
      expect(await heardOf(owners)).toEqual({
        ...Object.fromEntries(scene.viewers.map(({ name, sees }) => [name, expected(sees)])),
        stranger: [],
      });
    },
  );

  test("an import is hinted to its person alone, members and goals to the whole organization, sign-ins to nobody", async () => {
    const { ana } = scene.people;
    app.runtime.workplace.sendHints([
      ...hintsOf(sequenced("import.finished", "import", ana.id)),
      ...hintsOf(sequenced("member.changed", "member", null)),
      ...hintsOf(sequenced("session.opened", "session", ana.id)),
    ]);
    const heard = await heardOf(["import", "member"]);
    expect(heard["rep Ana"]).toEqual(["import import", "member member"]);
    expect(heard["stranger"]).toEqual([]);
    for (const { name } of scene.viewers.slice(1)) expect(heard[name]).toEqual(["member member"]);
  });

  test("nobody hears of a sale, a deal, a payment or a commission beyond their sight while it is worked on", async () => {
    const made = await sellAndVerify(app, scene);
    const heard = await heardOf(made);
    const works = new Set(made);
    for (const { name, sees } of scene.viewers) {
      const hints = (heard[name] ?? []).map((hint) => hint.split(" ")).filter(([, id = ""]) => works.has(id));
      const entities = [...new Set(hints.map(([entity = ""]) => entity))].toSorted();
      const expected = scopedEntities.filter((entity) => sees[entity]?.includes("dora")).toSorted();
      expect([name, entities]).toEqual([name, expected]);
    }
    expect(heard["stranger"]).toEqual([]);
  });

  test("every kind of event says in platform/realtime.ts whom it is hinted to", () => {
    const entities = [...new Set(Object.keys(events).map((type) => entityOf(type as EventType)))].toSorted();
    const id = crypto.randomUUID();
    const roomsOf = (entity: string) =>
      hintsOf({ ...sequenced("session.opened", id, scene.people.ana.id), entity }).flatMap((hint) => hint.rooms);
    const { organization, people } = scene;
    const silent = ["audit", "collaborator", "duplicate", "export", "invitation", "password", "session", "timeline"];
    const personal = ["bulk", "import"];
    const shared = [
      "custom-field",
      "exchange-rate",
      "goal",
      "legal-entity",
      "member",
      "organization",
      "period",
      "pipeline",
      "plan",
      "product",
      "quota",
      "project",
      "role",
      "stage",
      "team",
      "view",
    ];
    const asCommission = ["adjustment", "dispute", "statement"];
    expect(entities).toEqual([...silent, ...personal, ...shared, ...asCommission, ...scopedEntities].toSorted());
    expect(silent.flatMap(roomsOf)).toEqual([]);
    expect(new Set(personal.flatMap(roomsOf))).toEqual(new Set([rooms.member(people.ana.id)]));
    expect(new Set(shared.flatMap(roomsOf))).toEqual(new Set([rooms.organization(organization.id)]));
    for (const entity of asCommission) expect(roomsOf(entity)).toEqual(roomsOf("commission"));
    for (const entity of scopedEntities) {
      expect(roomsOf(entity)).toEqual([
        rooms.all(organization.id, entity),
        rooms.owner(organization.id, entity, people.ana.id),
      ]);
    }
  });

  test("every kind of room is one of those tried here", () => {
    expect(Object.keys(rooms).toSorted()).toEqual(["all", "member", "organization", "owner", "session"]);
  });
});

type Listening = { readonly socket: Socket; readonly heard: Hint[] };

/** A sale of Dora's through to its commission, with somebody called on the way. @returns ids of everything that was made */
async function sellAndVerify(made: TestApp, { organization, people, viewers }: Scene): Promise<string[]> {
  const verifier = viewers.find(({ name }) => name === "verifier")?.person ?? people.dora;
  const deal = await makeDeal(made, { rep: people.dora, manager: organization.admin });
  const { customer, opportunity } = deal as unknown as Record<"customer" | "opportunity", { id: string }>;
  const contact = await makeContact(made, people.dora, { customers: [{ customerId: customer.id }] });
  const call = await makeInteraction(made, people.dora, { opportunityId: opportunity.id, contactIds: [contact.id] });
  const payment = await makePayment(made, { rep: people.dora, dealId: deal.id });
  await made.call("POST", `/payments/${payment.id}/approve`, {
    token: verifier.token,
    body: { seenVersion: payment.version },
  });
  await made.settle();
  const { body: invoice } = await made.call("GET", `/payments/${payment.id}/invoice`, { token: people.dora.token });
  return [deal.id, opportunity.id, customer.id, contact.id, call.id, payment.id, invoice.id];
}

describe("jobs", () => {
  let contents: Contents;
  beforeAll(async () => {
    contents = await openContents(app);
    return () => contents.close();
  });

  const jobs = app.runtime.modules.flatMap((module) => module.jobs ?? []);

  test("every registered job is one of those tried here", () => {
    expect(jobs.map(({ name }) => name)).toEqual([
      "run-import",
      "undo-import",
      "redo-import",
      "run-bulk-change",
      "undo-bulk-change",
      "render-invoice",
      "send-invoice",
    ]);
  });

  test.each(jobs)("$name does nothing to what is another organization's, or another person's", async ({ run }) => {
    const before = await contents.of([scene.organization.id, scene.stranger.id]);
    const { runtime, now } = app;
    const subjectId = scene.records.find(({ kind, owner }) => kind === "import" && owner === "ana")?.id ?? "";
    const work = {
      workplace: runtime.workplace,
      storage: runtime.storage,
      mailer: runtime.mailer,
      clock: now,
      signal: new AbortController().signal,
    };
    const { organization, stranger, people } = scene;
    for (const payload of [
      { organizationId: stranger.id, memberId: stranger.admin.id, subjectId },
      { organizationId: organization.id, memberId: people.dora.id, subjectId },
      { organizationId: organization.id, memberId: organization.admin.id, subjectId },
    ]) {
      await expect(run({ ...work, payload })).rejects.toMatchObject({ kind: "not_found" });
    }
    expect(await contents.of([organization.id, stranger.id])).toEqual(before);
  });
});

test.each(app.runtime.modules.flatMap((module) => module.jobs ?? []).filter(({ name }) => name.endsWith("-invoice")))(
  "$name finds no invoice of another organization",
  async ({ run }) => {
    const { workplace, storage, mailer } = app.runtime;
    const subjectId = recordsOf(scene, "invoice")[0]?.id ?? "";
    const payload = { organizationId: scene.stranger.id, memberId: null, subjectId };
    const work = { workplace, storage, mailer, clock: app.now, signal: new AbortController().signal, payload };
    await expect(run(work)).rejects.toMatchObject({ kind: "not_found" });
  },
);

test("every kind of record that files belong to has files in the scene", () => {
  expect(fileSubjects()).toEqual(["payment", "refund"]);
  expect(scene.records.filter(({ kind }) => kind === "file").length).toBeGreaterThan(owners.length);
});
