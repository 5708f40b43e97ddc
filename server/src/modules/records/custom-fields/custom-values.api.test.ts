import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsNamed, misplacedValues, openFields } from "../../../../test/custom-fields.ts";
import {
  auditOf,
  makeContact,
  makeCustomer,
  makeOpportunity,
  makeOrganization,
  pipelineOf,
  stageNamed,
  statusesOf,
  type Person,
} from "../../../../test/make.ts";

const { app, acme, maya, tomas, field, change, edit, read } = await openFields();
afterAll(() => app.close());

const stageOf = async (person: Person, name: string) => stageNamed(await pipelineOf(app, person), name);

describe("values", () => {
  const all: Record<string, { body: Record<string, unknown>; good: unknown; bad: [unknown, string][] }> = {
    v_long: {
      body: { type: "long_text", settings: { maxLength: 20 } },
      good: "Line\nline",
      bad: [["x".repeat(21), "too_big"]],
    },
    v_number: {
      body: { type: "number", settings: { min: 0, max: 90, decimals: 2 } },
      good: 12.25,
      bad: [
        ["12", "value_not_possible"],
        [12.345, "too_many_decimals"],
        [-1, "too_small"],
        [91, "too_big"],
      ],
    },
    v_percent: { body: { type: "percent" }, good: 12.5, bad: [[1e15, "out_of_range"]] },
    v_money: {
      body: { type: "money" },
      good: { amount: "12.50", currency: "USD" },
      bad: [
        [{ amount: "12.5", currency: "USD" }, "amount_decimals"],
        [{ amount: "1.00", currency: "EUR" }, "currency_mismatch"],
      ],
    },
    v_date: {
      body: { type: "date" },
      good: "2026-02-28",
      bad: [
        ["2026-02-31", "date_not_real"],
        ["28.2.2026", "value_not_possible"],
      ],
    },
    v_instant: {
      body: { type: "datetime" },
      good: "2026-02-28T10:00:00.000Z",
      bad: [["2026-02-28", "value_not_possible"]],
    },
    v_choice: {
      body: { type: "select", options: [{ label: "Box trailer" }, { label: "Flatbed" }] },
      good: "box_trailer",
      bad: [["Box trailer", "option_unknown"]],
    },
    v_choices: {
      body: { type: "multi_select", options: [{ label: "North" }, { label: "South" }] },
      good: ["north", "south"],
      bad: [
        ["north", "value_not_possible"],
        [["east"], "option_unknown"],
      ],
    },
    v_flag: { body: { type: "boolean" }, good: false, bad: [["no", "value_not_possible"]] },
    v_url: {
      body: { type: "url" },
      good: "https://example.com/a",
      bad: [
        ["javascript:alert(1)", "invalid_url"],
        ["no address", "invalid_url"],
      ],
    },
    v_email: { body: { type: "email" }, good: "ruth@example.com", bad: [["ruth", "invalid_email"]] },
    v_phone: { body: { type: "phone" }, good: "+44 20 7946 0018", bad: [["call me", "invalid_phone"]] },
    v_user: {
      body: { type: "user" },
      good: null,
      bad: [
        ["Ruth", "value_not_possible"],
        ["01890000-0000-7000-8000-000000000000", "not_found"],
      ],
    },
    v_related: {
      body: { type: "relation", settings: { target: "contact" } },
      good: null,
      bad: [["01890000-0000-7000-8000-000000000000", "not_found"]],
    },
    v_auto: {
      body: { type: "auto_number", settings: { prefix: "FL-" } },
      good: null,
      bad: [
        [7, "read_only"],
        [null, "read_only"],
      ],
    },
  };

  beforeAll(async () => {
    for (const [key, { body }] of Object.entries(all)) await field({ label: key, key, ...body });
  });

  test("200 keeps a value of every kind, tells each change, and shows people and records by name", async () => {
    const contact = await makeContact(app, maya, { firstName: "Ruth", lastName: "Adeyemi" });
    const given = Object.fromEntries(
      Object.entries(all).flatMap(([key, { good }]) => (good === null ? [] : [[key, good]])),
    );
    const first = await makeCustomer(app, maya);
    const reply = await edit(`/customers/${first.id}`, 1, { ...given, v_user: maya.id, v_related: contact.id });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body.custom).toEqual({
      ...given,
      v_user: { id: maya.id, name: expect.stringMatching(/^Maya /) },
      v_related: { id: contact.id, name: "Ruth Adeyemi" },
      v_auto: 1,
    });
    expect((await read(`/customers/${first.id}`)).body.custom).toEqual(reply.body.custom);
    const [event] = await auditOf(app, acme.admin, `type=customer.changed&recordId=${first.id}`);
    expect(event.changes).toMatchObject({ "custom.v_number": [null, 12.25], "custom.v_flag": [null, false] });
    expect(Object.keys(event.changes)).not.toContain("custom");
    const cleared = await edit(`/customers/${first.id}`, 2, { v_number: null, v_long: "" });
    expect(cleared.body.custom).not.toHaveProperty("v_number");
    expect(cleared.body.custom).not.toHaveProperty("v_long");
    // A record beyond the viewer's reach is not named, and cannot be pointed at.
    const shown = await read(`/customers/${first.id}`, acme.admin);
    expect(shown.body.custom.v_related).toEqual({ id: contact.id, name: "Ruth Adeyemi" });
    const theirs = await makeCustomer(app, tomas);
    expect(faultsNamed(await edit(`/customers/${theirs.id}`, 1, { v_related: contact.id }, tomas))).toEqual([
      "custom.v_related not_found",
    ]);
    await edit(`/customers/${theirs.id}`, 1, { v_related: contact.id }, acme.admin);
    expect((await read(`/customers/${theirs.id}`, tomas)).body.custom.v_related).toBeNull();
  });

  test("422 names every field that is wrong and changes nothing", async () => {
    const customer = await makeCustomer(app, maya);
    for (const [key, { bad }] of Object.entries(all)) {
      for (const [value, code] of bad) {
        const reply = await edit(`/customers/${customer.id}`, 1, { [key]: value });
        expect([reply.status, faultsNamed(reply)], `${key} ${JSON.stringify(value)}`).toEqual([
          422,
          [`custom.${key} ${code}`],
        ]);
      }
    }
    const several = await edit(`/customers/${customer.id}`, 1, { v_number: -1, v_url: "x", nothing: 1, v_flag: true });
    expect(faultsNamed(several)).toEqual([
      "custom.v_number too_small",
      "custom.v_url invalid_url",
      "custom.nothing unknown_property",
    ]);
    expect((await read(`/customers/${customer.id}`)).body).toMatchObject({
      version: 1,
      custom: { v_auto: expect.any(Number) },
    });
    const huge = await edit(`/customers/${customer.id}`, 1, { v_long: "x".repeat(500_000) });
    expect(faultsNamed(huge)).toEqual(["custom.v_long too_big"]);
    expect((await edit(`/customers/${customer.id}`, 1, { v_long: "x".repeat(2_000_000) })).status).toBe(413);
    expect((await edit(`/customers/${customer.id}`, 1, { v_long: "\0" })).status).toBe(422);
  });

  test("412 for who saw an older version", async () => {
    const customer = await makeCustomer(app, maya, { custom: { v_flag: true } });
    await edit(`/customers/${customer.id}`, 1, { v_flag: false });
    const late = await edit(`/customers/${customer.id}`, 1, { v_flag: true });
    expect(late.status).toBe(412);
    expect(late.body.current.custom.v_flag).toBe(false);
  });

  test("a value that is retired stays on records that have it and is refused on others", async () => {
    const made = await field({ label: "Colour", type: "select", options: [{ label: "Red" }, { label: "Blue" }] });
    const old = await makeCustomer(app, maya, { custom: { colour: "red" } });
    const retired = [
      { key: "red", label: "Crimson", isRetired: true },
      { key: "blue", label: "Blue" },
    ];
    expect(faultsNamed(await change(made.id, 1, { options: [retired[1]] }))).toEqual(["options option_missing"]);
    expect((await change(made.id, 1, { options: retired })).body.options[0]).toEqual(retired[0]);
    expect((await edit(`/customers/${old.id}`, 1, { colour: "red", v_flag: true })).status).toBe(200);
    const fresh = await makeCustomer(app, maya);
    expect(faultsNamed(await edit(`/customers/${fresh.id}`, 1, { colour: "red" }))).toEqual([
      "custom.colour option_retired",
    ]);
  });

  test("a unique value is one record's, also when two claim it at once; the trash holds none", async () => {
    const made = await field({ label: "Fleet number", isUnique: true });
    const [one, other] = [await makeCustomer(app, maya), await makeCustomer(app, maya)];
    const replies = await Promise.all(
      [one, other].map(({ id }) => edit(`/customers/${id}`, 1, { fleet_number: "F-7" })),
    );
    expect(statusesOf(replies)).toEqual([200, 409]);
    const [winner, loser] = replies[0]?.status === 200 ? [one, other] : [other, one];
    const again = await edit(`/customers/${loser.id}`, 1, { fleet_number: "f-7" });
    expect([again.status, faultsNamed(again)]).toEqual([409, ["custom.fleet_number value_taken"]]);
    await app.call("DELETE", `/customers/${winner.id}`, { token: acme.admin.token, headers: { "if-match": '"2"' } });
    expect((await edit(`/customers/${loser.id}`, 1, { fleet_number: "F-7" })).status).toBe(200);
    const restored = await app.call("POST", `/customers/${winner.id}/restorations`, { token: acme.admin.token });
    expect(restored.status).toBe(409);
    expect((await change(made.id, 1, { isUnique: false })).status).toBe(200);
    await edit(`/customers/${(await makeCustomer(app, maya)).id}`, 1, { fleet_number: "F-7" });
    const repeated = await change(made.id, 2, { isUnique: true });
    expect([repeated.status, faultsNamed(repeated), repeated.body.detail]).toEqual([
      422,
      ["isUnique values_repeated"],
      "Several records have the same value: f-7 (2 records)",
    ]);
  });
});

describe("fields that have to be filled", () => {
  test("always: new records need it or get its default; old ones are asked when it is touched", async () => {
    const old = await makeContact(app, maya);
    await field({
      entity: "contact",
      label: "Language",
      type: "select",
      options: [{ label: "English" }],
      requirement: "always",
    });
    await field({
      entity: "contact",
      label: "Newsletter",
      type: "boolean",
      requirement: "always",
      defaultValue: false,
    });
    const refused = await app.call("POST", "/contacts", { token: maya.token, body: { lastName: "Okafor" } });
    expect([refused.status, faultsNamed(refused)]).toEqual([422, ["custom.language required"]]);
    const made = await makeContact(app, maya, { custom: { language: "english" } });
    expect(made["custom"]).toEqual({ language: "english", newsletter: false });
    expect(faultsNamed(await edit(`/contacts/${made.id}`, 1, { language: null }))).toEqual([
      "custom.language required",
    ]);
    const renamed = await app.call("PATCH", `/contacts/${old.id}`, {
      token: maya.token,
      body: { title: "Buyer" },
      headers: { "if-match": '"1"' },
    });
    expect(renamed.status).toBe(200);
  });

  test("from a stage: a move there lists it with what else is missing, and takes it along", async () => {
    const stage = await stageOf(maya, "Proposal");
    const won = await stageOf(maya, "Won");
    const units = await field({
      entity: "opportunity",
      label: "Units",
      type: "number",
      requirement: "stage",
      requiredStageId: stage.id,
    });
    const sale = await makeOpportunity(app, maya, { amount: null });
    const move = (body: Record<string, unknown>) =>
      app.call("POST", `/opportunities/${sale.id}/moves`, { token: maya.token, body });
    expect((await move({ stageId: (await stageOf(maya, "Discovery")).id })).status).toBe(200);
    const missing = await move({ stageId: won.id });
    expect([missing.status, faultsNamed(missing)]).toEqual([422, ["amount required", "custom.units required"]]);
    expect(missing.body.code).toBe("stage_requirements_missing");
    const moved = await move({ stageId: stage.id, custom: { units: 12 } });
    expect(moved.body.custom).toEqual({ units: 12 });
    const [event] = await auditOf(app, acme.admin, `type=opportunity.moved&recordId=${sale.id}`);
    expect(event.changes).toEqual({ stage: ["Discovery", "Proposal"], "custom.units": [null, 12] });
    expect(faultsNamed(await edit(`/opportunities/${sale.id}`, moved.body.version, { units: null }))).toEqual([
      "custom.units required",
    ]);
    const late = await app.call("POST", "/opportunities", {
      token: maya.token,
      body: { title: "Late", stageId: stage.id },
    });
    expect(faultsNamed(late)).toEqual(["custom.units required"]);
    const lost = await stageOf(maya, "Lost");
    const given = await makeOpportunity(app, maya);
    const gone = await app.call("POST", `/opportunities/${given.id}/moves`, {
      token: maya.token,
      body: { stageId: lost.id, lostReason: "price" },
    });
    expect(gone.status).toBe(200);
    const stranger = await makeOrganization(app);
    const theirs = await stageOf(stranger.admin, "Proposal");
    expect(faultsNamed(await change(units.id, 1, { requiredStageId: theirs.id }))).toEqual([
      "requiredStageId not_found",
    ]);
  });
});

test("typed values are exactly those of live records", async () => {
  expect(await misplacedValues(app)).toBe(0);
});
