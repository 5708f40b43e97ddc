import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hintEvent, sessionChangedEvent } from "@rainmaker/contracts/realtime";
import { openLogger } from "#platform/telemetry";
import { openApi } from "../src/processes/api.ts";
import { startRealtime } from "../src/processes/realtime.ts";
import { openRuntime, type Runtime } from "../src/processes/runtime.ts";
import { openApp, type TestApp } from "./app.ts";
import {
  makeCrew,
  makeCustomer,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  type Crew,
  type MadeOrganization,
  type Person,
} from "./make.ts";
import { expectClosed, expectHint, openSocket, type TestSocket } from "./socket.ts";

let app: TestApp;
let url: string;
let acme: MadeOrganization;
let crew: Crew & { teamId: string };
const undo: (() => Promise<void>)[] = [];
const sockets: TestSocket[] = [];
/** What the bus has told so far of changed rights. */
const told = new Set<string>();
const start = "2026-11-19T09:12:00.000Z";

beforeAll(async () => {
  app = await openApp();
  undo.push(() => app.close());
  url = await listen(app.runtime, app.http.app);
  app.runtime.bus.on("access", (message) => void told.add(message));
});
beforeEach(async () => {
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
  await settle();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
  app.setNow(start);
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

/** Waits until all that happened is told, also on the bus: what closes sockets does not come after this. */
async function settle(): Promise<void> {
  await app.settle();
  const last = crypto.randomUUID();
  app.runtime.bus.send("access", last);
  await expect.poll(() => told.has(last), { interval: 5 }).toBe(true);
}

/** Opens the ears of a process. */
async function listen(runtime: Runtime, server: TestApp["http"]["app"]): Promise<string> {
  const realtime = startRealtime(runtime, server.server);
  undo.push(() => realtime.close());
  return server.listen({ host: "127.0.0.1", port: 0 });
}

async function connect(token: string, at = url): Promise<TestSocket> {
  const socket = await openSocket(at, { token });
  sockets.push(socket);
  return socket;
}

const refusalOf = (auth: Record<string, unknown>): Promise<string> =>
  openSocket(url, auth).then(
    () => "accepted",
    (error: Error) => error.message,
  );

const idsIn = (socket: TestSocket): (string | null)[] => socket.hints().map(({ id }) => id);

async function update(member: Person, change: Record<string, unknown>): Promise<void> {
  const { body } = await app.call("GET", `/members/${member.id}`, { token: acme.admin.token });
  const headers = { "if-match": `"${body.version}"` };
  const reply = await app.call("PATCH", `/members/${member.id}`, { token: acme.admin.token, body: change, headers });
  expect(reply.status, reply.text).toBe(200);
}

describe("a hint", () => {
  test("reaches the owner, their manager and the admin, and says nothing but which record", async () => {
    const [own, manager, admin] = [
      await connect(crew.rep.token),
      await connect(crew.manager.token),
      await connect(acme.admin.token),
    ];
    const sale = await makeOpportunity(app, crew.rep, { title: "Secret sale" });
    for (const socket of [own, manager, admin]) {
      expect(await expectHint(socket, "opportunity", sale.id)).toEqual({
        entity: "opportunity",
        id: sale.id,
        version: sale.version,
      });
      expect(socket.messages.map(([name]) => name)).toEqual(socket.messages.map(() => hintEvent));
      expect(JSON.stringify(socket.messages)).not.toContain("Secret");
    }
  });

  test("reaches no colleague, no manager of another team and no other organization", async () => {
    const colleague = await makeMember(app, acme, ["sales_rep"], crew.teamId);
    const elsewhere = await makeCrew(app, acme);
    const stranger = await makeOrganization(app);
    await settle();
    const others = [colleague, elsewhere.manager, stranger.admin];
    const listening = await Promise.all(others.map(({ token }) => connect(token)));
    const sale = await makeOpportunity(app, crew.rep);
    // Hints come in the order of the log: after one of their own there is none left to come.
    for (const [place, person] of others.entries()) {
      const own = await makeCustomer(app, person);
      await expectHint(listening[place] as TestSocket, "customer", own.id);
      expect(idsIn(listening[place] as TestSocket)).not.toContain(sale.id);
    }
  });

  test("about a hand-over reaches the old owner and the new one", async () => {
    const successor = await makeMember(app, acme, ["sales_rep"], crew.teamId);
    const sale = await makeOpportunity(app, crew.rep);
    await settle();
    const [old, next] = [await connect(crew.rep.token), await connect(successor.token)];
    const reply = await app.call("PATCH", `/opportunities/${sale.id}`, {
      token: crew.manager.token,
      body: { ownerId: successor.id, seenVersion: sale.version },
    });
    expect(reply.status, reply.text).toBe(200);
    await expectHint(old, "opportunity", sale.id);
    await expectHint(next, "opportunity", sale.id);
  });

  test("about somebody's import reaches that person alone", async () => {
    const [own, admin] = [await connect(crew.rep.token), await connect(acme.admin.token)];
    const file = { name: "names.csv", content: "Name\nZephyr\n" };
    const { status, body, text } = await app.upload("/imports", crew.rep.token, file, { entity: "customer" });
    expect(status, text).toBe(201);
    await expectHint(own, "import", body.id);
    const barrier = await makeCustomer(app, crew.rep);
    await expectHint(admin, "customer", barrier.id);
    expect(idsIn(admin)).not.toContain(body.id);
  });

  test("is not kept for a socket that was away: whoever comes back asks again, and hears what comes then", async () => {
    const first = await connect(crew.rep.token);
    first.close();
    await expectClosed(first);
    const missed = await makeCustomer(app, crew.rep);
    await settle();
    const second = await connect(crew.rep.token);
    const next = await makeCustomer(app, crew.rep);
    await expectHint(second, "customer", next.id);
    expect(idsIn(second)).not.toContain(missed.id);
  });
});

describe("a socket is refused", () => {
  const cases: [why: string, auth: () => Promise<Record<string, unknown>> | Record<string, unknown>][] = [
    ["without a token", () => ({})],
    ["with a token that is no text", () => ({ token: { length: 1 } })],
    ["with nonsense", () => ({ token: "a.b.c" })],
    ["with a token of which a part was changed", () => ({ token: changed(crew.rep.token) })],
    [
      "with an expired token",
      () => {
        app.setNow("2026-11-19T09:28:00.000Z");
        return { token: crew.rep.token };
      },
    ],
    [
      "with the token of a session that was ended",
      async () => {
        await app.call("POST", "/auth/logout", { token: crew.rep.token });
        return { token: crew.rep.token };
      },
    ],
    [
      "with the token of a deactivated member",
      async () => {
        await update(crew.rep, { status: "inactive" });
        return { token: crew.rep.token };
      },
    ],
  ];
  test.each(cases)("%s", async (_why, auth) => {
    expect(await refusalOf(await auth())).toBe("not_signed_in");
  });
});

/** The token with the member of its content replaced and the signature left as it was. */
function changed(token: string): string {
  const [head, content = "", signature] = token.split(".");
  const claims = Buffer.from(content, "base64url").toString("utf8").replaceAll(crew.rep.id, acme.admin.id);
  return [head, Buffer.from(claims).toString("base64url"), signature].join(".");
}

describe("a socket is closed", () => {
  test("when its session ends, and another session of the same person stays", async () => {
    const { body } = await app.call("POST", "/auth/login", {
      body: { email: crew.rep.email, password: crew.rep.password },
    });
    const [ending, staying] = [await connect(crew.rep.token), await connect(body.accessToken)];
    await app.call("POST", "/auth/logout", { token: crew.rep.token });
    await expectClosed(ending);
    expect(ending.messages.map(([name]) => name)).toContain(sessionChangedEvent);
    const customer = await makeCustomer(app, acme.admin, { ownerId: crew.rep.id });
    await expectHint(staying, "customer", customer.id);
  });

  test("when the password is changed from another session", async () => {
    const { body } = await app.call("POST", "/auth/login", {
      body: { email: crew.rep.email, password: crew.rep.password },
    });
    const socket = await connect(crew.rep.token);
    await app.call("POST", "/auth/change-password", {
      token: body.accessToken,
      body: { currentPassword: crew.rep.password, newPassword: "another long one" },
    });
    await expectClosed(socket);
  });

  test("when its member is deactivated, who cannot come back", async () => {
    const socket = await connect(crew.rep.token);
    await update(crew.rep, { status: "inactive" });
    await expectClosed(socket);
    expect(await refusalOf({ token: crew.rep.token })).toBe("not_signed_in");
  });

  test("when its member's roles change, and comes back with the new sight", async () => {
    const before = await connect(crew.manager.token);
    await update(crew.manager, { roles: ["sales_rep"] });
    await expectClosed(before);
    const after = await connect(crew.manager.token);
    const hidden = await makeCustomer(app, crew.rep);
    const own = await makeCustomer(app, crew.manager);
    await expectHint(after, "customer", own.id);
    expect(idsIn(after)).not.toContain(hidden.id);
  });

  test("of a manager when a member changes teams: the old one hears no more of them, the new one does", async () => {
    const elsewhere = await makeCrew(app, acme);
    await settle();
    const [old, next] = [await connect(crew.manager.token), await connect(elsewhere.manager.token)];
    await update(crew.rep, { teamId: elsewhere.teamId });
    await expectClosed(old);
    await expectClosed(next);
    const [oldAgain, nextAgain] = [await connect(crew.manager.token), await connect(elsewhere.manager.token)];
    const moved = await makeCustomer(app, crew.rep);
    await expectHint(nextAgain, "customer", moved.id);
    const own = await makeCustomer(app, crew.manager);
    await expectHint(oldAgain, "customer", own.id);
    expect(idsIn(oldAgain)).not.toContain(moved.id);
  });

  test("of a manager when somebody joins their team, whom they hear of from then on", async () => {
    const before = await connect(crew.manager.token);
    const joined = await makeMember(app, acme, ["sales_rep"], crew.teamId);
    await expectClosed(before);
    const after = await connect(crew.manager.token);
    const customer = await makeCustomer(app, joined);
    await expectHint(after, "customer", customer.id);
  });

  test("when a leader is appointed, who hears of the team from then on", async () => {
    const leader = await makeMember(app, acme, ["manager"]);
    const team = await makeTeam(app, acme);
    const member = await makeMember(app, acme, ["sales_rep"], team.id);
    await settle();
    const before = await connect(leader.token);
    const reply = await app.call("PATCH", `/teams/${team.id}`, {
      token: acme.admin.token,
      body: { leaderId: leader.id, seenVersion: team.version },
    });
    expect(reply.status, reply.text).toBe(200);
    await expectClosed(before);
    const after = await connect(leader.token);
    const customer = await makeCustomer(app, member);
    await expectHint(after, "customer", customer.id);
  });

  test("only of the member whose name was changed", async () => {
    const [renamed, other] = [await connect(crew.rep.token), await connect(crew.manager.token)];
    await update(crew.rep, { firstName: "Renamed" });
    await expectClosed(renamed);
    const customer = await makeCustomer(app, crew.rep);
    await expectHint(other, "customer", customer.id);
  });
});

describe("with a second process", () => {
  test("its sockets hear of what the first one wrote, and are closed by it", async () => {
    const second = await openRuntime({
      config: app.runtime.config,
      logger: openLogger(app.runtime.config),
      clock: () => app.now(),
      places: app.database,
    });
    undo.push(() => second.close());
    const http = await openApi(second);
    const secondUrl = await listen(second, http.app);
    const socket = await connect(crew.rep.token, secondUrl);
    const customer = await makeCustomer(app, crew.rep);
    await expectHint(socket, "customer", customer.id);
    await update(crew.rep, { status: "inactive" });
    await expectClosed(socket);
  });
});
