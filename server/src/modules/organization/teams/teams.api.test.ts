import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeMember,
  makeOpportunity,
  makeOrganization,
  makeTeam,
  statusesOf,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";
import { asOwner } from "../../../../test/sql.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
});
afterAll(() => app.close());

const readTeam = async (id: string) =>
  (await app.call("GET", "/teams", { token: acme.admin.token })).body.items.find(
    (team: { id: string }) => team.id === id,
  );

/** Changes a team as whoever has just read it would. */
const change = async (id: string, body: Record<string, unknown>) =>
  app.call("PATCH", `/teams/${id}`, {
    token: acme.admin.token,
    body: { seenVersion: (await readTeam(id)).version, ...body },
  });

const seen = async (person: Person): Promise<string[]> =>
  (await app.call("GET", "/opportunities?limit=200", { token: person.token })).body.items.map(
    (item: { id: string }) => item.id,
  );

describe("POST /teams", () => {
  test("201 adds a team below another, with a leader, and the log says who did", async () => {
    const parent = await makeTeam(app, acme);
    const leader = await makeMember(app, acme, ["manager"], undefined, { firstName: "Lea", lastName: "Lead" });
    const reply = await app.call("POST", "/teams", {
      token: acme.admin.token,
      body: { name: "  North  ", parentId: parent.id, leaderId: leader.id },
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      name: "North",
      parentId: parent.id,
      leader: { id: leader.id, name: "Lea Lead" },
      memberCount: 0,
      version: 1,
    });
    const [entry] = await auditOf(app, acme.admin, `recordId=${reply.body.id}`);
    expect(entry).toMatchObject({ type: "team.created", actor: { id: acme.admin.id }, label: "North" });
  });

  test("409 for a name another team has, in whatever case, also when both are added at once", async () => {
    await makeTeam(app, acme, { name: "South" });
    const add = (name: string) => app.call("POST", "/teams", { token: acme.admin.token, body: { name } });
    expect((await add("south")).body).toMatchObject({ code: "team_name_taken", errors: [{ path: "name" }] });
    const replies = await Promise.all([add("Race"), add("RACE"), add("race")]);
    expect(statusesOf(replies)).toEqual([201, 409, 409]);
  });

  test("422 names a parent and a leader of another organization; 403 for who may not", async () => {
    const other = await makeOrganization(app);
    const foreign = await makeTeam(app, other);
    const add = (body: Record<string, unknown>, by: Person = acme.admin) =>
      app.call("POST", "/teams", { token: by.token, body: { name: crypto.randomUUID(), ...body } });
    expect((await add({ parentId: foreign.id })).body.errors[0].path).toBe("parentId");
    expect((await add({ leaderId: other.admin.id })).body.errors[0].path).toBe("leaderId");
    expect((await add({ name: " " })).body.errors[0].path).toBe("name");
    expect((await add({}, await makeMember(app, acme, ["manager"]))).status).toBe(403);
  });
});

describe("PATCH /teams/{id}", () => {
  test("200 renames, moves and appoints, and the log says from what to what", async () => {
    const [parent, team] = [await makeTeam(app, acme), await makeTeam(app, acme, { name: "Before" })];
    const leader = await makeMember(app, acme, ["manager"]);
    const reply = await change(team.id, { name: "After", parentId: parent.id, leaderId: leader.id });
    expect([reply.status, reply.body.version]).toEqual([200, 2]);
    const [entry] = await auditOf(app, acme.admin, `recordId=${team.id}&type=team.changed`);
    expect(entry).toMatchObject({
      actor: { id: acme.admin.id },
      occurredAt: app.now().toISOString(),
      changes: { name: ["Before", "After"], parentId: [null, parent.id], leaderId: [null, leader.id] },
    });
    const back = await change(team.id, { parentId: null, leaderId: null });
    expect(back.body).toMatchObject({ name: "After", parentId: null, leader: null });
  });

  test("412 for a version that was not seen, with the team as it is now; 404 for another organization's", async () => {
    const team = await makeTeam(app, acme, { name: "Stale" });
    const stale = await change(team.id, { name: "X", seenVersion: 9 });
    expect([stale.status, stale.body.current]).toEqual([412, expect.objectContaining({ name: "Stale", version: 1 })]);
    const foreign = await makeTeam(app, await makeOrganization(app));
    const reply = await app.call("PATCH", `/teams/${foreign.id}`, {
      token: acme.admin.token,
      body: { name: "X", seenVersion: 1 },
    });
    expect(reply.status).toBe(404);
  });

  test("422 team_cycle for a team below itself, however long the way round", async () => {
    const top = await makeTeam(app, acme);
    const middle = await makeTeam(app, acme, { parentId: top.id });
    const bottom = await makeTeam(app, acme, { parentId: middle.id });
    for (const parentId of [top.id, middle.id, bottom.id]) {
      const reply = await change(top.id, { parentId });
      expect([reply.status, reply.body.errors?.[0]]).toEqual([
        422,
        expect.objectContaining({ path: "parentId", code: "team_cycle" }),
      ]);
    }
    expect((await readTeam(top.id)).parentId).toBeNull();
  });

  test("a cycle does not arise either when its parts are closed in the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const low = await makeTeam(app, acme);
      const [high, middle] = [await makeTeam(app, acme), await makeTeam(app, acme, { parentId: low.id })];
      const move = (id: string, parentId: string) =>
        app.call("PATCH", `/teams/${id}`, { token: acme.admin.token, body: { parentId, seenVersion: 1 } });
      // middle stands below low already: low below high and high below middle would close the ring.
      const replies = await Promise.all([move(low.id, high.id), move(high.id, middle.id)]);
      expect(statusesOf(replies)).toEqual([200, 422]);
    }
  });
});

describe("reach follows teams", () => {
  test("from the very next request on: a leader appointed, a team moved below, a leader replaced", async () => {
    const [north, south] = [await makeTeam(app, acme), await makeTeam(app, acme)];
    const rep = await makeMember(app, acme, ["sales_rep"], south.id);
    const manager = await makeMember(app, acme, ["manager"]);
    const { id } = await makeOpportunity(app, rep);
    expect(await seen(manager)).toEqual([]);
    await change(south.id, { leaderId: manager.id });
    expect(await seen(manager)).toEqual([id]);
    await change(south.id, { leaderId: null });
    expect(await seen(manager)).toEqual([]);
    await change(north.id, { leaderId: manager.id });
    expect(await seen(manager)).toEqual([]);
    await change(south.id, { parentId: north.id });
    expect(await seen(manager)).toEqual([id]);
    await change(south.id, { parentId: null });
    expect(await seen(manager)).toEqual([]);
  });

  test("a manager sees the teams below the own one, not those above and beside it", async () => {
    const top = await makeTeam(app, acme);
    const [left, right] = [
      await makeTeam(app, acme, { parentId: top.id }),
      await makeTeam(app, acme, { parentId: top.id }),
    ];
    const below = await makeTeam(app, acme, { parentId: left.id });
    const manager = await makeMember(app, acme, ["manager"], left.id);
    const reps = await Promise.all([top, left, right, below].map(({ id }) => makeMember(app, acme, ["sales_rep"], id)));
    const ids = await Promise.all(reps.map(async (rep) => (await makeOpportunity(app, rep)).id));
    expect(new Set(await seen(manager))).toEqual(new Set([ids[1], ids[3]]));
  });

  test("what is written down after many changes is what one computation from scratch gives", async () => {
    const own = await makeOrganization(app);
    const teams: { id: string }[] = [];
    for (let count = 0; count < 4; count += 1)
      teams.push(await makeTeam(app, own, { parentId: teams.at(-1)?.id ?? null }));
    const people = await Promise.all(teams.map(({ id }) => makeMember(app, own, ["manager"], id)));
    const edit = (path: string, body: Record<string, unknown>) =>
      app.call("PATCH", path, { token: own.admin.token, body });
    await Promise.all([
      edit(`/teams/${teams[3]?.id}`, { parentId: teams[0]?.id, seenVersion: 1 }),
      edit(`/teams/${teams[1]?.id}`, { leaderId: people[0]?.id, seenVersion: 1 }),
      edit(`/members/${people[2]?.id}`, { teamId: teams[0]?.id, seenVersion: 1 }),
      edit(`/members/${people[3]?.id}`, { teamId: null, seenVersion: 1 }),
      makeMember(app, own, ["sales_rep"], teams[2]?.id),
    ]);
    const read = () =>
      asOwner(
        app,
        "select member_id, reach, owner_id from visible_owner where organization_id = $1 order by member_id, reach, owner_id",
        [own.id],
      );
    const kept = await read();
    await asOwner(app, "delete from visible_owner where organization_id = $1", [own.id]);
    // Any change of a team computes it anew.
    await makeTeam(app, own);
    expect(kept).toEqual(await read());
    expect(kept.length).toBeGreaterThan(people.length * 3);
  });
});
