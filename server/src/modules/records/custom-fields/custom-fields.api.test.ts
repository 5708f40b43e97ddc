import { afterAll, describe, expect, test } from "vitest";
import { faultsNamed, openFields } from "../../../../test/custom-fields.ts";
import { auditOf, makeCustomer, makeOrganization, statusesOf } from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";

const { app, acme, maya, add, field, change, hide, edit, read } = await openFields();
afterAll(() => app.close());

describe("POST /custom-fields", () => {
  test("201 makes a field that the very next request can fill, with a key of its label and the limits of its kind", async () => {
    const made = await field({ label: "Trailer type", help: "What the sensors are mounted on", section: "Fleet" });
    expect(made).toMatchObject({ key: "trailer_type", entity: "customer", type: "text", version: 1, section: "Fleet" });
    const customer = await makeCustomer(app, maya, { custom: { trailer_type: " Box " } });
    expect(customer).toMatchObject({ custom: { trailer_type: "Box" } });
    const [event] = await auditOf(app, acme.admin, "type=custom-field.created");
    expect(event).toMatchObject({ label: "Trailer type", facts: { entity: "customer", fieldType: "text" } });
  });

  test("403 for people who run nothing, who may read what there is", async () => {
    expect((await add({ label: "Mine" }, maya)).status).toBe(403);
    expect((await read("/custom-fields?entity=customer")).body.items).toMatchObject([{ label: "Trailer type" }]);
  });

  test.each([
    ["a key that programs trip over", { key: "__proto__" }, 422, "key key_not_possible"],
    ["another such key", { key: "constructor" }, 422, "key key_not_possible"],
    ["a key with capitals", { key: "Trailer" }, 422, "key key_not_possible"],
    ["a key that is taken", { key: "trailer_type" }, 409, "key key_taken"],
    ["a key that every record has", { key: "industry" }, 409, "key key_reserved"],
    ["a key that every record has, with underscores", { key: "owner_id" }, 409, "key key_reserved"],
    ["a name that is taken", { label: "TRAILER type", key: "other" }, 409, "label label_taken"],
    ["a formula, which is no kind", { type: "formula" }, 422, "type invalid_value"],
    ["a choice without values", { type: "select" }, 422, "options required"],
    ["values of a text", { options: [{ label: "A" }] }, 422, "options not_applicable"],
    [
      "two values of one name",
      { type: "select", options: [{ label: "A" }, { label: "a" }] },
      422,
      "options.1.label option_twice",
    ],
    ["a limit that the kind does not have", { settings: { min: 1 } }, 422, "settings.min not_applicable"],
    ["limits the wrong way round", { type: "number", settings: { min: 2, max: 1 } }, 422, "settings.max below_minimum"],
    [
      "an unknown currency",
      { type: "money", settings: { currency: "XXZ" } },
      422,
      "settings.currency currency_unknown",
    ],
    ["a relation to nothing", { type: "relation" }, 422, "settings.target required"],
    ["unique where values repeat by nature", { type: "boolean", isUnique: true }, 422, "isUnique not_applicable"],
    [
      "a default that the field would refuse",
      { type: "number", defaultValue: "ten" },
      422,
      "defaultValue value_not_possible",
    ],
    ["a stage where there is none", { requirement: "stage" }, 422, "requirement not_applicable"],
  ])("refuses %s", async (_why, body, status, problem) => {
    const reply = await add({ label: "Something", ...body });
    expect(reply.status, reply.text).toBe(status);
    expect(faultsNamed(reply)).toContain(problem);
  });

  test("201 once when two people add the same key together", async () => {
    const replies = await Promise.all([add({ label: "Twice" }), add({ label: "Twice" })]);
    expect(statusesOf(replies)).toEqual([201, 409]);
  });
});

describe("DELETE /custom-fields/{customFieldId}", () => {
  test("204 hides a field with its values for 30 days; then it is gone and its key is free", async () => {
    const made = await field({ label: "Short lived" });
    const customer = await makeCustomer(app, maya, { custom: { short_lived: "x" } });
    expect((await hide(made)).status).toBe(204);
    expect((await read(`/customers/${customer.id}`)).body.custom).not.toHaveProperty("short_lived");
    expect(faultsNamed(await edit(`/customers/${customer.id}`, 1, { short_lived: "y" }))).toEqual([
      "custom.short_lived unknown_property",
    ]);
    expect(faultsNamed(await add({ label: "Short lived" }))).toEqual(["key key_taken"]);
    const hidden = (await read("/custom-fields?entity=customer&hidden=true", acme.admin)).body.items;
    expect(hidden.map(({ key }: { key: string }) => key)).toContain("short_lived");
    const back = await app.call("POST", `/custom-fields/${made.id}/restorations`, { token: acme.admin.token });
    expect(back.status).toBe(201);
    expect((await read(`/customers/${customer.id}`)).body.custom.short_lived).toBe("x");
    await hide(back.body);
    await asOwner(app, "update custom_field set deleted_at = deleted_at - interval '31 days' where id = $1", [made.id]);
    expect((await app.call("POST", `/custom-fields/${made.id}/restorations`, { token: acme.admin.token })).status).toBe(
      404,
    );
    await field({ label: "Short lived", type: "number" });
    expect((await read(`/customers/${customer.id}`)).body.custom).not.toHaveProperty("short_lived");
  });

  test("412 for who saw an older version", async () => {
    const made = await field({ label: "Raced" });
    await change(made.id, 1, { help: "Meanwhile" });
    expect((await hide(made)).status).toBe(412);
  });
});

describe("PUT /custom-field-order", () => {
  test("204 puts fields in the order given; 422 for a stranger's and for one twice", async () => {
    const order = (fieldIds: string[]) =>
      app.call("PUT", "/custom-field-order", { token: acme.admin.token, body: { entity: "contact", fieldIds } });
    await field({ entity: "contact", label: "One" });
    await field({ entity: "contact", label: "Two" });
    const ids = (await read("/custom-fields?entity=contact")).body.items.map(({ id }: { id: string }) => id);
    expect((await order(ids.toReversed())).status).toBe(204);
    expect((await read("/custom-fields?entity=contact")).body.items.map(({ id }: { id: string }) => id)).toEqual(
      ids.toReversed(),
    );
    const stranger = await makeOrganization(app);
    const theirs = await app.call("POST", "/custom-fields", {
      token: stranger.admin.token,
      body: { entity: "contact", type: "text", label: "Theirs" },
    });
    expect(faultsNamed(await order([...ids, theirs.body.id]))).toEqual(["fieldIds not_found"]);
    expect(faultsNamed(await order([...ids, ids[0]]))).toEqual(["fieldIds field_twice"]);
  });
});
