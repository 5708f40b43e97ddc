import { afterAll, beforeAll, expect, test } from "vitest";
import { openFields } from "../../../../test/custom-fields.ts";
import { importingAs } from "../../../../test/importing.ts";
import { makeCustomer } from "../../../../test/make.ts";

const { app, acme, field, read } = await openFields();
const { call, ended } = importingAs(app, acme.admin);

beforeAll(async () => {
  await field({ label: "Trailer type", type: "select", options: [{ label: "Box trailer" }, { label: "Flatbed" }] });
  await field({ label: "Vehicles", type: "number", settings: { min: 0 } });
  await field({ label: "Budget", type: "money" });
  await field({ label: "Regions", type: "multi_select", options: [{ label: "North" }, { label: "South" }] });
  await field({ label: "Fleet no", isUnique: true });
  await field({ label: "Insured", type: "boolean", requirement: "always", defaultValue: false });
  await field({ label: "File no", type: "auto_number" });
});
afterAll(() => app.close());

test("a file fills custom fields by their labels, with what is wrong told by row; undoing puts back what was", async () => {
  const old = await makeCustomer(app, acme.admin, {
    name: "Old Foods",
    custom: { vehicles: 3, budget: { amount: "1.00", currency: "USD" }, fleet_no: "F-1" },
  });
  const content = [
    "Name,Trailer type,Vehicles,Budget,Regions,Fleet no,Insured",
    'Old Foods,flatbed,12,\\N,"North, South",,yes',
    'New Foods,BOX TRAILER,"1,200","$99.50",north,F-2,',
    "Bad choice,Cart,1,,,,",
    "Bad number,,many,,,,",
    "Below,,-1,,,,",
    "Twice,,,,,F-2,",
    "",
  ].join("\n");
  const made = await app.upload("/imports", acme.admin.token, { name: "c.csv", content }, { entity: "customer" });
  const { id, mapping } = made.body;
  expect(mapping.columns.map(({ field }: { field: string }) => field)).toEqual([
    "name",
    ...["trailer_type", "vehicles", "budget", "regions", "fleet_no", "insured"].map((key) => `custom.${key}`),
  ]);
  await call(acme.admin, "PUT", `/imports/${id}/mapping`, {
    ...mapping,
    options: { ...mapping.options, onDuplicate: "update" },
  });
  const dry = (await call(acme.admin, "POST", `/imports/${id}/preview`)).body;
  const faults = dry.rows.flatMap(({ row, errors }: any) =>
    errors.map((one: any) => `${row} ${one.field} ${one.code}`),
  );
  expect(faults).toEqual([
    "4 custom.trailer_type option_unknown",
    "5 custom.vehicles value_not_possible",
    "6 custom.vehicles too_small",
    "7 custom.fleet_no value_taken",
  ]);
  const done = await ended(id, "run");
  expect(done.counts).toMatchObject({ read: 6, created: 1, updated: 1, failed: 4 });
  const now = (await read(`/customers/${old.id}`, acme.admin)).body;
  expect(now.custom).toEqual({
    trailer_type: "flatbed",
    vehicles: 12,
    regions: ["north", "south"],
    fleet_no: "F-1",
    insured: true,
    file_no: 1,
  });
  const [fresh] = (await read("/customers?q=New Foods", acme.admin)).body.items;
  expect(fresh.custom).toEqual({
    trailer_type: "box_trailer",
    vehicles: 1200,
    budget: { amount: "99.50", currency: "USD" },
    regions: ["north"],
    fleet_no: "F-2",
    insured: false,
    file_no: 2,
  });

  expect(await ended(id, "undo")).toMatchObject({ undo: { removed: 1, restored: 1, kept: 0 } });
  expect((await read(`/customers/${old.id}`, acme.admin)).body.custom).toEqual({
    vehicles: 3,
    budget: { amount: "1.00", currency: "USD" },
    fleet_no: "F-1",
    insured: false,
    file_no: 1,
  });
});
