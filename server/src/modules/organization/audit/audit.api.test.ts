import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeCustomer,
  makeMember,
  makeOrganization,
  makeTeam,
  type MadeOrganization,
} from "../../../../test/make.ts";
import { asOwner, asServerRole } from "../../../../test/sql.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

/** An organization with some history of its own. */
async function withHistory(): Promise<MadeOrganization> {
  const organization = await makeOrganization(app);
  for (const name of ["One", "Two", "Three"]) await makeTeam(app, organization, { name });
  await app.settle();
  return organization;
}

const verify = async ({ admin }: MadeOrganization) =>
  (await app.call("GET", "/audit-log/verification", { token: admin.token })).body;

/** A change behind the application's back: by the owner of the database, with its guards switched off. */
async function tamper(text: string, values: unknown[]): Promise<void> {
  await asOwner(app, "alter table event_log disable trigger user");
  try {
    await asOwner(app, text, values);
  } finally {
    await asOwner(app, "alter table event_log enable trigger user");
  }
}

describe("GET /audit-log", () => {
  test("200 newest first without gaps, page by page, each with who, when, from where and what", async () => {
    const acme = await withHistory();
    const seqs: number[] = [];
    let cursor = "";
    do {
      const { body } = await app.call("GET", `/audit-log?limit=2${cursor}`, { token: acme.admin.token });
      seqs.push(...body.items.map((item: { seq: number }) => item.seq));
      cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
    } while (cursor !== "");
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => seqs.length - index));
    const [newest] = await auditOf(app, acme.admin, "type=team.created");
    expect(newest).toMatchObject({
      type: "team.created",
      entity: "team",
      label: "Three",
      actor: { id: acme.admin.id, name: "Ada Admin" },
      occurredAt: app.now().toISOString(),
      requestId: expect.any(String),
      address: "127.0.0.1",
      facts: { name: "Three" },
    });
  });

  test("200 filters by actor, entity, type, record and calendar day of the organization", async () => {
    const acme = await withHistory();
    const viewer = await makeMember(app, acme, ["viewer"]);
    await app.call("POST", "/auth/login", { body: { email: viewer.email, password: viewer.password } });
    const types = async (query: string) => (await auditOf(app, acme.admin, query)).map(({ type }) => type);
    expect(new Set(await types(`actorId=${viewer.id}`))).toEqual(new Set(["session.opened"]));
    expect(await types("entity=team")).toEqual(["team.created", "team.created", "team.created"]);
    expect(await types(`recordId=${viewer.id}`)).toEqual(["member.joined"]);
    expect(await types("type=organization.registered")).toEqual(["organization.registered"]);
    const all = (await types("")).length;
    expect((await types("from=2026-11-19&to=2026-11-19")).length).toBe(all);
    expect(await types("from=2026-11-20")).toEqual([]);
    expect(await types("to=2026-11-18")).toEqual([]);
    // 09:12 in UTC is the evening of the day before on Pago Pago.
    await app.call("PATCH", "/settings", {
      token: acme.admin.token,
      body: { timeZone: "Pacific/Pago_Pago", seenVersion: 1 },
    });
    expect((await types("to=2026-11-18")).length).toBe(all + 1);
  });

  test("200 answers a sentence by who, what happened and to what, and filters by a changed field", async () => {
    const acme = await makeOrganization(app);
    const maya = await makeMember(app, acme, ["sales_rep"], undefined, { firstName: "Maya", lastName: "Okafor" });
    const customer = await makeCustomer(app, maya);
    const change = { token: acme.admin.token, body: { notes: "100% sure", seenVersion: 1 } };
    await app.call("PATCH", `/customers/${customer.id}`, change);
    await app.settle();
    const asked = async (q: string) =>
      (await auditOf(app, acme.admin, `q=${encodeURIComponent(q)}`)).map(({ type }) => type);
    expect(await asked(`maya created ${customer.number.toLowerCase()}`)).toEqual(["customer.created"]);
    expect(await asked(customer.number)).toEqual(["customer.changed", "customer.created"]);
    expect(await asked(`maya changed ${customer.number}`)).toEqual([]);
    expect(await asked("customers changed by ada")).toEqual(["customer.changed"]);
    expect(await asked("okafor customers")).toEqual(["customer.created"]);
    expect(await asked("% _")).toEqual([]);
    const byField = await auditOf(app, acme.admin, `recordId=${customer.id}&field=notes`);
    expect(byField.map(({ changes }) => changes.notes)).toEqual([[null, "100% sure"]]);
    expect((await app.call("GET", `/audit-log?q=${"x".repeat(201)}`, { token: acme.admin.token })).status).toBe(422);
  });

  test("403 without the permission to read it; a verifier has it, a manager has not", async () => {
    const acme = await makeOrganization(app);
    for (const path of ["/audit-log", "/audit-log/verification"]) {
      const statusFor = async (role: "verifier" | "manager" | "sales_rep" | "viewer") =>
        (await app.call("GET", path, { token: (await makeMember(app, acme, [role])).token })).status;
      expect(await statusFor("verifier")).toBe(200);
      expect([await statusFor("manager"), await statusFor("sales_rep"), await statusFor("viewer")]).toEqual([
        403, 403, 403,
      ]);
    }
  });

  test("passwords and tokens are nowhere in it", async () => {
    const acme = await withHistory();
    await app.call("POST", "/auth/change-password", {
      token: acme.admin.token,
      body: { currentPassword: acme.admin.password, newPassword: "canary of a password" },
    });
    await app.call("POST", "/auth/login", { body: { email: acme.admin.email, password: "canary gone wrong" } });
    await app.settle();
    const rows = await asOwner(app, "select e::text as text from event_log e where organization_id = $1", [acme.id]);
    const text = rows.map((row) => row.text).join("\n");
    expect(text).toContain("password.changed");
    expect(text).toContain("session.refused");
    for (const secret of ["canary", acme.admin.password, acme.admin.token, acme.admin.cookie.split("=")[1] ?? ""]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe("POST /audit-log/exports", () => {
  const take = (token: string, query = "") => app.call("POST", `/audit-log/exports${query}`, { token });
  /** Without the mark, the head and the columns that differ from run to run. */
  const linesOf = (text: string): string[] => text.slice(1).split("\r\n").slice(1, -1);

  test("200 what the page shows by its filters, a line for each changed field, and no cell starts a formula", async () => {
    const acme = await makeOrganization(app);
    const other = await withHistory();
    const customer = await makeCustomer(app, acme.admin);
    const body = { name: "=HYPERLINK(1)", notes: 'say "a, b"', seenVersion: 1 };
    await app.call("PATCH", `/customers/${customer.id}`, { token: acme.admin.token, body });
    await app.settle();
    const changed = await take(acme.admin.token, `?recordId=${customer.id}&q=ada%20changed`);
    expect(changed.status, changed.text).toBe(200);
    expect(changed.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(changed.headers["content-disposition"]).toMatch(/^attachment; filename="audit log 2026-11-19.csv"/);
    expect(changed.text).toMatch(
      /^\uFEFFEntry,Time,Who,Who id,Action,Entity,Record,Record id,Field,Before,After,Facts,/,
    );
    const [name, notes, ...more] = linesOf(changed.text);
    expect(more).toEqual([]);
    const about = `Ada Admin,${acme.admin.id},customer.changed,customer,${customer.number},${customer.id}`;
    expect(name).toContain(`${about},name,${customer.name},'=HYPERLINK(1),`);
    expect(notes).toContain(`${about},notes,,"say ""a, b""",`);
    const whole = (await take(acme.admin.token)).text;
    expect(whole).toContain("customer.created");
    expect(whole).not.toContain(other.id);
    expect(whole).not.toContain("team.created");
  });

  test("who took what out, narrowed by what, is in the log before a line of it leaves", async () => {
    const acme = await withHistory();
    await take(acme.admin.token, "?entity=team&from=2026-11-01");
    await app.settle();
    const [entry] = await auditOf(app, acme.admin, "type=audit.exported");
    expect(entry).toMatchObject({
      actor: { id: acme.admin.id },
      address: "127.0.0.1",
      facts: { fileName: "audit log 2026-11-19.csv", filters: { entity: "team", from: "2026-11-01" } },
    });
  });

  test("every entry is in it where there are more than a page holds", async () => {
    const acme = await withHistory();
    await asOwner(
      app,
      `insert into outbox (organization_id, id, type, entity, changes, facts, occurred_at, emitted_at)
       select $1, gen_random_uuid(), 'team.created', 'team', '{}', '{"name":"x"}', now(), now() from generate_series(1, 1100)`,
      [acme.id],
    );
    await app.settle();
    const seqs = linesOf((await take(acme.admin.token, "?type=team.created")).text).map((line) => line.split(",")[0]);
    expect(new Set(seqs).size).toBe(1103);
    expect(seqs.length).toBe(1103);
  });

  test("403 without the permission, 422 naming the filter that is wrong; neither leaves a trace of an export", async () => {
    const acme = await makeOrganization(app);
    expect((await take((await makeMember(app, acme, ["manager"])).token)).status).toBe(403);
    const wrong = await take(acme.admin.token, "?from=yesterday");
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, "from"]);
    expect((await take(acme.admin.token, "?limit=5")).status).toBe(422);
    await app.settle();
    expect(await auditOf(app, acme.admin, "type=audit.exported")).toEqual([]);
  });
});

describe("GET /audit-log/verification", () => {
  test("200 recomputes the chain and finds it sound", async () => {
    const acme = await withHistory();
    const { items } = (await app.call("GET", "/audit-log?limit=200", { token: acme.admin.token })).body;
    expect(await verify(acme)).toEqual({
      verified: true,
      entries: items.length,
      firstBadSeq: null,
      checkedAt: app.now().toISOString(),
    });
  });

  test.each([
    [
      "what happened is rewritten",
      'update event_log set facts = \'{"name":"Other"}\' where organization_id = $1 and seq = $2',
    ],
    [
      "it is blamed on somebody else",
      "update event_log set actor_id = gen_random_uuid() where organization_id = $1 and seq = $2",
    ],
    [
      "its time is moved",
      "update event_log set occurred_at = occurred_at + interval '1 ms' where organization_id = $1 and seq = $2",
    ],
    [
      "what changed is emptied",
      "update event_log set changes = '{\"a\":[1,2]}' where organization_id = $1 and seq = $2",
    ],
    ["it is taken out", "delete from event_log where organization_id = $1 and seq = $2"],
  ])("names the entry when %s behind the application's back", async (_how, text) => {
    const acme = await withHistory();
    const other = await withHistory();
    const { entries } = await verify(acme);
    await tamper(text, [acme.id, 4]);
    const found = await verify(acme);
    expect(found.verified).toBe(false);
    // Without the entry, it is the one after it that follows from nothing.
    expect(found.firstBadSeq).toBe(text.startsWith("delete") ? 5 : 4);
    expect(found.entries).toBe(text.startsWith("delete") ? entries - 1 : entries);
    expect((await verify(other)).verified).toBe(true);
  });

  test("says where the log stops when its last entries are cut off", async () => {
    const acme = await withHistory();
    const { entries } = await verify(acme);
    await tamper("delete from event_log where organization_id = $1 and seq > $2", [acme.id, entries - 2]);
    expect(await verify(acme)).toMatchObject({ verified: false, entries: entries - 2, firstBadSeq: entries - 1 });
  });

  test("says that an entry was put in", async () => {
    const acme = await withHistory();
    const { entries } = await verify(acme);
    await tamper(
      `insert into event_log select organization_id, $2::bigint + 1, gen_random_uuid(), type, entity, record_id, label, record_version, owner_id,
         previous_owner_id, thread_id, actor_id, request_id, address, device, changes, facts, occurred_at, recorded_at, hash
       from event_log where organization_id = $1 and seq = $2`,
      [acme.id, entries],
    );
    expect(await verify(acme)).toMatchObject({ verified: false, firstBadSeq: entries + 1 });
  });

  test("the server's own role can neither change the log nor add to it", async () => {
    const acme = await withHistory();
    for (const statement of [
      "update event_log set label = 'x'",
      "delete from event_log",
      "truncate event_log",
      "insert into event_log select * from event_log limit 1",
      "update event_head set seq = 1",
      "delete from outbox",
    ]) {
      expect(await asServerRole(app, acme.id, (client) => client.query(statement)), statement).toBe("42501");
    }
  });
});
