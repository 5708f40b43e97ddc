import { expect } from "vitest";
import type { Check, Entry } from "./leak-checks.ts";
import { owners, seenBy } from "./sight.ts";

/** Sums of verified money: of whoever's figures are in sight, and of nobody else's. */
const verifiedSum: Check = async (scene, viewer, ask) => {
  const whose = owners.filter((name) => viewer.sees.figures?.includes(name));
  const sum = whose.reduce((total, name) => total + scene.verified[name], 0);
  const { status, body } = await ask({}, { by: "member" });
  if (viewer.sees.figures === null) return expect(status).toBe(403);
  expect(body.total.amount.amount).toBe(`${sum}.00`);
  expect(body.groups.map(({ key }: { key: string }) => key).toSorted()).toEqual(
    whose.map((name) => scene.people[name].id).toSorted(),
  );
};

const verifiedRows: Check = async (scene, viewer, ask) => {
  const { status, body } = await ask();
  if (viewer.sees.figures === null) return expect(status).toBe(403);
  const people = new Set<string>(body.items.map(({ member }: { member: { id: string } }) => member.id));
  expect([...people].toSorted()).toEqual(
    owners
      .filter((name) => viewer.sees.figures?.includes(name))
      .map((name) => scene.people[name].id)
      .toSorted(),
  );
  const paymentsInSight = seenBy(scene, viewer, "payment");
  for (const { payment } of body.items) {
    if (payment !== null) expect(paymentsInSight).toContain(payment.id);
  }
};

const commissionSum: Check = async (scene, viewer, ask) => {
  const { status, body } = await ask({}, { by: "member" });
  if (viewer.sees.commission === null) return expect(status).toBe(403);
  const seen = owners.filter((name) => viewer.sees.commission?.includes(name)).map((name) => scene.people[name].id);
  expect(body.groups.map(({ key }: { key: string }) => key).toSorted()).toEqual(seen.toSorted());
};

const performance: Check = async (scene, viewer, ask) => {
  const { status, body } = await ask();
  if (viewer.sees.figures === null) return expect(status).toBe(403);
  const seen = owners.filter((name) => viewer.sees.figures?.includes(name)).map((name) => scene.people[name].id);
  expect(body.members.map(({ member }: { member: { id: string } }) => member.id).toSorted()).toEqual(seen.toSorted());
  for (const { member, earned } of body.members) {
    const owner = owners.find((name) => scene.people[name].id === member.id) ?? null;
    expect([owner, earned === null]).toEqual([owner, viewer.sees.commission?.includes(owner) !== true]);
  }
};

/** Routes that add up, and the rows they open. */
export const leaksOfFigures: Readonly<Record<string, Entry>> = {
  "GET /analytics/sales": { check: verifiedSum },
  "GET /analytics/sales/rows": { check: verifiedRows },
  "GET /analytics/commission": { check: commissionSum },
  "GET /analytics/performance": { check: performance },
};
