// @vitest-environment happy-dom
import { endpoint } from "@rainmaker/contracts/endpoint";
import { TeamId } from "@rainmaker/contracts/ids";
import { listTeams, updateTeam } from "@rainmaker/contracts/organization/members";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type * as Problems from "./api-problem.ts";
import type * as Api from "./api.ts";
import type * as SessionModule from "./session.ts";

type Call = { readonly path: string; readonly headers: Headers; readonly body: string | null };
type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

const user = { id: "member", permissions: [], roles: [], organization: null };
const session = (token: string): unknown => ({ accessToken: token, expiresIn: 900, user });
const problem = (status: number, code: string): Answer => ({
  status,
  body: { type: "", title: "", status, code, detail: "No", errors: [], requestId: "r1" },
});

const addNote = endpoint("POST", "/notes", "Add a note", "signed-in", {
  body: z.strictObject({ text: z.string() }),
  status: 201,
  reply: z.object({ id: z.string() }),
});

let calls: Call[] = [];

function serve(answer: (call: Call) => Answer | Promise<Answer>): void {
  calls = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? init.body : null;
    const call = { path, headers: new Headers(init.headers), body };
    calls.push(call);
    const { status, body: reply, headers } = await answer(call);
    return new Response(status === 204 ? null : JSON.stringify(reply ?? {}), { status, headers: headers ?? {} });
  });
}

type Tab = typeof Api & typeof SessionModule & typeof Problems;

/** Fresh modules: they hold the token and the state of one tab. */
async function openTab(): Promise<Tab> {
  vi.resetModules();
  const [problems, api, tab] = await Promise.all([
    import("./api-problem.ts"),
    import("./api.ts"),
    import("./session.ts"),
  ]);
  return { ...problems, ...api, ...tab };
}

const refreshes = (): number => calls.filter(({ path }) => path === "/api/v1/auth/refresh").length;

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem("rainmaker.signed-in", "1");
});

describe("an expired access token", () => {
  test("is renewed once for any number of calls, which then all succeed", async () => {
    const tab = await openTab();
    let issued = 0;
    serve(async ({ path, headers }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (path === "/api/v1/auth/refresh") {
        issued += 1;
        return { status: 200, body: session(`token ${issued}`) };
      }
      return headers.get("authorization") === `Bearer token ${issued}` && issued > 0
        ? { status: 200, body: { items: [] } }
        : problem(401, "token_expired");
    });
    const replies = await Promise.all(Array.from({ length: 8 }, () => tab.call(listTeams)));
    expect(replies).toHaveLength(8);
    expect(refreshes()).toBe(1);
    expect(tab.sessionStore.get().kind).toBe("signed-in");
  });

  test("is retried with the same Idempotency-Key, so that the intent counts once", async () => {
    const tab = await openTab();
    let isRenewed = false;
    serve(({ path }) => {
      if (path === "/api/v1/auth/refresh") {
        isRenewed = true;
        return { status: 200, body: session("new") };
      }
      return isRenewed ? { status: 201, body: { id: "n1" } } : problem(401, "token_expired");
    });
    await tab.call(addNote, { body: { text: "hello" } });
    const keys = calls
      .filter(({ path }) => path === "/api/v1/notes")
      .map(({ headers }) => headers.get("idempotency-key"));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{32,36}$/);
    expect(keys[0]).toBe(keys[1]);
  });

  test("ends the session where the refresh is refused, and the call is refused too", async () => {
    const tab = await openTab();
    serve(() => problem(401, "not_signed_in"));
    await expect(tab.call(listTeams)).rejects.toMatchObject({ status: 401 });
    expect(tab.sessionStore.get()).toEqual({ kind: "signed-out", ended: true });
    expect(refreshes()).toBe(1);
    expect(localStorage.getItem("rainmaker.signed-in")).toBeNull();
  });
});

describe("restoring", () => {
  test("asks nobody where nobody was signed in", async () => {
    localStorage.clear();
    const tab = await openTab();
    serve(() => ({ status: 500 }));
    expect(await tab.restoreSession()).toEqual({ kind: "signed-out", ended: false });
    expect(calls).toEqual([]);
  });

  test("keeps the session where the server cannot be reached: it may well be alive", async () => {
    const tab = await openTab();
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    await expect(tab.restoreSession()).rejects.toBeInstanceOf(tab.Offline);
    expect(tab.sessionStore.get().kind).toBe("restoring");
    expect(localStorage.getItem("rainmaker.signed-in")).not.toBeNull();
  });
});

describe("a call", () => {
  test("fills in its path and sends the seen version", async () => {
    const tab = await openTab();
    serve(() => ({ status: 200, body: {} }));
    const teamId = TeamId.parse("0192f3a1-0000-7000-8000-000000000001");
    await tab.call(updateTeam, { params: { teamId }, body: { name: "West" }, seenVersion: 3 });
    expect(calls[0]?.path).toBe(`/api/v1/teams/${teamId}`);
    expect(calls[0]?.headers.get("if-match")).toBe('"3"');
    expect(calls[0]?.headers.get("idempotency-key")).toBeNull();
    expect(calls[0]?.body).toBe('{"name":"West"}');
  });

  test("throws the server's refusal with its fields and the current record", async () => {
    const tab = await openTab();
    serve(() => ({
      status: 412,
      body: {
        type: "",
        title: "",
        status: 412,
        code: "stale_version",
        detail: "Somebody changed this",
        errors: [{ path: "name", code: "taken", message: "Taken" }],
        requestId: "r1",
        current: { version: 4 },
      },
    }));
    await expect(tab.call(listTeams)).rejects.toMatchObject({
      code: "stale_version",
      current: { version: 4 },
      errors: [{ path: "name", code: "taken", message: "Taken" }],
    });
  });

  test("says something useful when what stands between answers in another form", async () => {
    const tab = await openTab();
    vi.stubGlobal("fetch", async () => new Response("<html>Bad gateway</html>", { status: 502 }));
    await expect(tab.call(listTeams)).rejects.toMatchObject({ status: 502, code: "unavailable" });
  });
});
