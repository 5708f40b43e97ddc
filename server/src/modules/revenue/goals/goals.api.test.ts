import { afterAll, expect, test } from "vitest";
import { openBooks, usd } from "../../../../test/books.ts";
import { makeMember } from "../../../../test/make.ts";

const { app, acme, crew, dealOf, read, verifiedPayment } = await openBooks();
afterAll(() => app.close());

const month = "2026-11";
const set = (body: object) =>
  app.call("PUT", "/goals", { token: acme.admin.token, body: { month, target: usd("1000.00"), ...body } });

test("the organization's goal counts everybody, is seen by everybody, and has a stretch beyond it", async () => {
  const made = await set({ scope: "organization", stretch: usd("1500.00") });
  expect(made.status, made.text).toBe(200);
  expect(made.body).toMatchObject({ scope: "organization", subject: { name: "Acme" }, stretch: usd("1500.00") });
  await verifiedPayment((await dealOf("600.00")).id, "600.00");
  const other = await makeMember(app, acme, ["sales_rep"]);
  const [goal] = (await read(`/goals?month=${month}`, other)).items;
  expect(goal).toMatchObject({ scope: "organization", verified: usd("600.00"), attainment: "0.6000" });
  const changed = await set({ scope: "organization", seenVersion: 1 });
  expect(changed.body).toMatchObject({ version: 2, stretch: null });
  expect((await set({ scope: "organization", seenVersion: 1 })).status).toBe(412);
});

test("422 names a stretch that is not beyond the target, or in another currency", async () => {
  const who = { scope: "member", memberId: crew.rep.id };
  const wrong = async (stretch: object) => (await set({ ...who, stretch })).body.errors[0];
  expect(await wrong(usd("1000.00"))).toMatchObject({ path: "stretch.amount", code: "not_beyond_target" });
  expect(await wrong({ amount: "2000.00", currency: "EUR" })).toMatchObject({ path: "stretch.currency" });
  expect((await read(`/goals?month=${month}`, acme.admin)).items).toHaveLength(1);
});
