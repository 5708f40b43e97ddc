import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import {
  auditOf,
  makeCrew,
  makeInteraction,
  makeOpportunity,
  makeOrganization,
  statusesOf,
  type Crew,
  type MadeOrganization,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  crew = await makeCrew(app, acme);
});
afterAll(() => app.close());

type Stage = Record<string, any> & { id: string; name: string };
type Pipeline = { id: string; version: number; stages: Stage[] };

async function makePipeline(fields: Record<string, unknown> = {}): Promise<Pipeline> {
  const body = { name: `Renewals ${randomUUID()}`, ...fields };
  const reply = await app.call("POST", "/pipelines", { token: acme.admin.token, body });
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}

const change = ({ id, version }: Pick<Pipeline, "id" | "version">, body: Record<string, unknown>) =>
  app.call("PATCH", `/pipelines/${id}`, { token: acme.admin.token, body: { seenVersion: version, ...body } });

/** A stage as it goes back to the server. */
const draftOf = ({ position: _position, ...stage }: Stage): Record<string, unknown> => stage;

/** The pipeline's stages with those that are named changed. */
const draftsOf = ({ stages }: Pipeline, changes: Record<string, object> = {}): Record<string, unknown>[] =>
  stages.map((stage) => ({ ...draftOf(stage), ...changes[stage.name] }));

const stageOf = ({ stages }: Pipeline, name: string): string => stages.find((stage) => stage.name === name)?.id ?? "";

const openIn = (pipeline: Pipeline, stage: string, fields: Record<string, unknown> = {}) =>
  makeOpportunity(app, crew.rep, { pipelineId: pipeline.id, stageId: stageOf(pipeline, stage), ...fields });

const move = (id: string, body: Record<string, unknown>) =>
  app.call("POST", `/opportunities/${id}/moves`, { token: crew.rep.token, body });

const boardOf = async ({ id }: Pipeline): Promise<Record<string, any>[]> =>
  (await app.call("GET", `/pipelines/${id}/board`, { token: acme.admin.token })).body.columns;

describe("POST /pipelines", () => {
  test("201 with the usual stages, in the organization's currency; GET lists it after the default one", async () => {
    const made = await makePipeline({ name: "Partners" });
    expect(made).toMatchObject({ currency: "USD", isDefault: false, isArchived: false, version: 1 });
    expect(made.stages.map(({ name }) => name)).toEqual([
      "Qualified",
      "Discovery",
      "Proposal",
      "Negotiation",
      "Closing",
      "Won",
      "Lost",
    ]);
    expect(made.stages[0]).toMatchObject({ rottingDays: 14, requirements: [], nextStageIds: null });
    const { body } = await app.call("GET", "/pipelines", { token: crew.rep.token });
    expect(body.items[0].isDefault).toBe(true);
    expect(body.items.map(({ id }: Pipeline) => id)).toContain(made.id);
  });

  test("409 for a taken name, 422 for a currency there is not and for stages that cannot be", async () => {
    const post = (body: object) => app.call("POST", "/pipelines", { token: acme.admin.token, body });
    expect((await post({ name: "new BUSINESS" })).body).toMatchObject({ status: 409, code: "name_taken" });
    expect((await post({ name: "X", currency: "XYZ" })).body.errors[0].path).toBe("currency");
    const stage = (name: string, kind = "open") => ({ name, kind, probability: 10 });
    const wrong = await post({ name: "X", stages: [stage("A"), stage("a"), stage("W", "won"), stage("V", "won")] });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ path, code }: any) => [path, code])).toEqual([
      ["stages.1.name", "name_taken"],
      ["stages", "stage_kinds"],
    ]);
  });
});

describe("PATCH /pipelines/{id}", () => {
  test("200 renames, orders and adds stages; names may be swapped, and the log says what was before", async () => {
    const pipeline = await makePipeline();
    const [first, second, ...rest] = draftsOf(pipeline);
    const stages = [
      { ...second, name: "Qualified", rottingDays: 5 },
      { name: "Pilot", kind: "open", probability: 40 },
      { ...first, name: "Discovery" },
      ...rest,
    ];
    const reply = await change(pipeline, { stages });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body.version).toBe(2);
    expect(reply.body.stages.slice(0, 3)).toMatchObject([
      { id: second?.["id"], name: "Qualified", position: 0, rottingDays: 5 },
      { name: "Pilot", position: 1, normDays: null },
      { id: first?.["id"], name: "Discovery", position: 2 },
    ]);
    const [entry] = await auditOf(app, acme.admin, `recordId=${pipeline.id}`);
    expect(entry.changes.stages[0][0].name).toBe("Qualified");
  });

  test("412 to the second of two who change one pipeline, 428 without a version, 403 to a rep", async () => {
    const pipeline = await makePipeline();
    const replies = await Promise.all(
      ["One", "Two"].map((name) => change(pipeline, { name: `${name} ${randomUUID()}` })),
    );
    expect(statusesOf(replies)).toEqual([200, 412]);
    const path = `/pipelines/${pipeline.id}`;
    expect((await app.call("PATCH", path, { token: acme.admin.token, body: { name: "X" } })).status).toBe(428);
    expect((await app.call("PATCH", path, { token: crew.rep.token, body: { name: "X", seenVersion: 1 } })).status).toBe(
      403,
    );
  });

  test("422 for a stage that goes without a target, to itself, to Won, or is of another pipeline; nothing changes", async () => {
    const [pipeline, other] = [await makePipeline(), await makePipeline()];
    const stages = draftsOf(pipeline).slice(1);
    const gone = stageOf(pipeline, "Qualified");
    const removeTo = (targetStageId: string) =>
      change(pipeline, { stages, removed: [{ stageId: gone, targetStageId }] });
    expect((await change(pipeline, { stages })).body.errors[0]).toMatchObject({
      path: "removed",
      code: "target_stage_required",
    });
    for (const target of [gone, stageOf(pipeline, "Won"), stageOf(other, "Closing")]) {
      expect((await removeTo(target)).body.errors[0].path).toBe("removed.0.targetStageId");
    }
    const stray = [...draftsOf(pipeline), draftOf(other.stages[0] as Stage)];
    expect((await change(pipeline, { stages: stray })).body.errors[0]).toMatchObject({ code: "stage_unknown" });
    const turned = draftsOf(pipeline, { Won: { kind: "open" } });
    expect((await change(pipeline, { stages: turned })).body.errors[0]).toMatchObject({ code: "kind_fixed" });
    expect((await change(pipeline, { name: `Still first ${randomUUID()}` })).body.version).toBe(2);
  });

  test("200 a removed stage hands its sales over, those in the trash too, each with a line of history", async () => {
    const pipeline = await makePipeline();
    const [kept, trashed] = [await openIn(pipeline, "Discovery"), await openIn(pipeline, "Discovery")];
    await app.call("DELETE", `/opportunities/${trashed.id}`, { token: crew.rep.token, headers: { "if-match": '"1"' } });
    app.setNow("2026-11-19T09:15:00.000Z");
    const [gone, target] = [stageOf(pipeline, "Discovery"), stageOf(pipeline, "Qualified")];
    const stages = draftsOf(pipeline).filter(({ id }) => id !== gone);
    const reply = await change(pipeline, { stages, removed: [{ stageId: gone, targetStageId: target }] });
    expect(reply.status, reply.text).toBe(200);
    const { body } = await app.call("GET", `/opportunities/${kept.id}`, { token: crew.rep.token });
    expect(body).toMatchObject({ stage: { id: target }, version: 2 });
    expect(body.path).toEqual([
      { stageId: gone, seconds: 180 },
      { stageId: target, seconds: 0 },
    ]);
    expect((await boardOf(pipeline)).map(({ stage, count }) => [stage.name, count])[0]).toEqual(["Qualified", 1]);
    await app.call("POST", `/opportunities/${trashed.id}/restorations`, { token: crew.rep.token });
    expect((await boardOf(pipeline))[0]).toMatchObject({ count: 2 });
    const [entry] = await auditOf(app, acme.admin, "type=opportunities.moved");
    expect(entry.facts).toMatchObject({ ids: [kept.id], fromStage: "Discovery", toStage: "Qualified" });
    // Whoever was dragging it hears where it is; into the stage that is gone nobody moves.
    const late = await move(kept.id, { fromStageId: gone, stageId: stageOf(pipeline, "Proposal") });
    expect(late.body).toMatchObject({ status: 409, code: "already_moved" });
    expect((await move(kept.id, { stageId: gone })).status).toBe(404);
  });

  test("200 a stage renamed while somebody drags into it takes the card", async () => {
    const pipeline = await makePipeline();
    const sale = await openIn(pipeline, "Qualified");
    await change(pipeline, { stages: draftsOf(pipeline, { Proposal: { name: "Offer" } }) });
    const moved = await move(sale.id, { stageId: stageOf(pipeline, "Proposal") });
    expect(moved.body.stage.name).toBe("Offer");
  });

  test("no sale is left in a stage that was removed while others moved into it", async () => {
    const pipeline = await makePipeline();
    const sales = await Promise.all(Array.from({ length: 6 }, () => openIn(pipeline, "Qualified")));
    const gone = stageOf(pipeline, "Proposal");
    const stages = draftsOf(pipeline).filter(({ id }) => id !== gone);
    const removed = [{ stageId: gone, targetStageId: stageOf(pipeline, "Closing") }];
    const replies = await Promise.all([
      ...sales.slice(0, 3).map(({ id }) => move(id, { stageId: gone })),
      change(pipeline, { stages, removed }),
      ...sales.slice(3).map(({ id }) => move(id, { stageId: gone })),
    ]);
    expect(new Set(statusesOf(replies)).isSubsetOf(new Set([200, 404]))).toBe(true);
    const columns = await boardOf(pipeline);
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(6);
    const moved = replies.filter(({ status }) => status === 200).length - 1;
    expect(columns.find(({ stage }) => stage.name === "Closing")?.["count"]).toBe(moved);
  });

  test("409 in an archived pipeline: nothing opens or moves until it is back; the default one stays", async () => {
    const pipeline = await makePipeline();
    const sale = await openIn(pipeline, "Qualified");
    const archived = await change(pipeline, { isArchived: true });
    expect(archived.body.isArchived).toBe(true);
    const moved = await move(sale.id, { stageId: stageOf(pipeline, "Proposal") });
    expect(moved.body).toMatchObject({ status: 409, code: "pipeline_archived" });
    const body = { title: "Late", pipelineId: pipeline.id };
    const opened = await app.call("POST", "/opportunities", { token: crew.rep.token, body });
    expect(opened.body).toMatchObject({ status: 409, code: "pipeline_archived" });
    expect((await boardOf(pipeline))[0]?.["count"]).toBe(1);
    const refused = await change(archived.body, { isDefault: true });
    expect(refused.body).toMatchObject({ status: 409, code: "default_pipeline" });
    await change(archived.body, { isArchived: false });
    expect((await move(sale.id, { stageId: stageOf(pipeline, "Proposal") })).status).toBe(200);
  });

  test("200 another default takes new sales, and places keep the others' order", async () => {
    const { body: before } = await app.call("GET", "/pipelines", { token: acme.admin.token });
    const [first] = before.items;
    const made = await makePipeline();
    expect((await change(made, { isDefault: true, position: 0 })).body.isDefault).toBe(true);
    const sale = await makeOpportunity(app, crew.rep);
    expect(sale["pipelineId"]).toBe(made.id);
    const { body: after } = await app.call("GET", "/pipelines", { token: acme.admin.token });
    expect(after.items.filter(({ isDefault }: any) => isDefault)).toHaveLength(1);
    expect(after.items.slice(1).map(({ id }: Pipeline) => id)).toEqual(before.items.map(({ id }: Pipeline) => id));
    await change(
      after.items.find(({ id }: Pipeline) => id === first.id),
      { isDefault: true },
    );
  });

  test("404 for a pipeline of another organization", async () => {
    const other = await makeOrganization(app);
    const { body } = await app.call("GET", "/pipelines", { token: other.admin.token });
    expect((await change(body.items[0], { name: "Mine" })).status).toBe(404);
  });
});

describe("what a stage allows", () => {
  test("422 transition_not_allowed names the ways there are, for one card and for many", async () => {
    const pipeline = await makePipeline();
    const ways = [stageOf(pipeline, "Discovery"), stageOf(pipeline, "Lost")];
    await change(pipeline, { stages: draftsOf(pipeline, { Qualified: { nextStageIds: ways } }) });
    const sale = await openIn(pipeline, "Qualified");
    const refused = await move(sale.id, { stageId: stageOf(pipeline, "Closing") });
    expect(refused.body).toMatchObject({
      status: 422,
      code: "transition_not_allowed",
      detail: "From Qualified a sale moves to Discovery or Lost",
      errors: [{ path: "stageId" }],
    });
    const trial = await app.call("POST", "/bulk-changes/trial", {
      token: crew.rep.token,
      body: {
        entity: "opportunity",
        filter: { match: "all", rules: [{ field: "id", operator: "in", value: [sale.id] }] },
        action: { kind: "set", field: "stageId", value: stageOf(pipeline, "Closing") },
      },
    });
    expect(trial.body.refusedRecords, trial.text).toMatchObject([{ id: sale.id, code: "transition_not_allowed" }]);
    expect((await move(sale.id, { stageId: ways[0] })).status).toBe(200);
  });

  test("rows of a file are held by what a stage asks for, as far as a file can say it; none go into an archived pipeline", async () => {
    const pipeline = await makePipeline();
    const requirements = ["amount", "nextStep", "priority", "contact"];
    const { body } = await change(pipeline, { stages: draftsOf(pipeline, { Proposal: { requirements } }) });
    const content =
      "id,name,deal_stage,amount,next step\nA,First,Proposal,,\nB,Second,Proposal,10,Call\nC,Third,Qualified,,\n";
    const made = await app.upload(
      "/imports",
      acme.admin.token,
      { name: "sales.csv", content },
      { entity: "opportunity" },
    );
    const { columns } = made.body.mapping;
    const options = { currency: "USD", pipelineId: pipeline.id };
    const token = acme.admin.token;
    await app.call("PUT", `/imports/${made.body.id}/mapping`, { token, body: { columns, options } });
    const preview = () => app.call("POST", `/imports/${made.body.id}/preview`, { token });
    const tried = await preview();
    expect(tried.body.counts, tried.text).toMatchObject({ created: 2, failed: 1 });
    await change(body, { isArchived: true });
    expect((await preview()).body).toMatchObject({ status: 409, code: "pipeline_archived" });
  });

  test("422 names every field a stage asks for; given along with the move they are kept", async () => {
    const pipeline = await makePipeline();
    const requirements = ["amount", "customerId", "nextStep", "source", "priority", "contact"];
    await change(pipeline, { stages: draftsOf(pipeline, { Proposal: { requirements } }) });
    const sale = await openIn(pipeline, "Qualified", { amount: null, customerId: null });
    const [stageId, customerId] = [
      stageOf(pipeline, "Proposal"),
      (await makeOpportunity(app, crew.rep))["customer"].id,
    ];
    const bare = await move(sale.id, { stageId });
    expect(bare.body).toMatchObject({ status: 422, code: "stage_requirements_missing" });
    expect(bare.body.errors.map(({ path }: any) => path)).toEqual(requirements);
    const facts = {
      amount: { amount: "900.00", currency: "USD" },
      customerId,
      nextStep: "Send it",
      source: "Fair",
      priority: "high",
    };
    expect((await move(sale.id, { stageId, ...facts })).body.errors.map(({ path }: any) => path)).toEqual(["contact"]);
    await makeInteraction(app, crew.rep, { opportunityId: sale.id });
    const moved = await move(sale.id, { stageId, ...facts });
    expect(moved.body).toMatchObject({
      nextStep: "Send it",
      source: "Fair",
      priority: "high",
      customer: { id: customerId },
    });
    const body = { title: "Straight in", pipelineId: pipeline.id, stageId };
    const opened = await app.call("POST", "/opportunities", { token: crew.rep.token, body });
    expect(opened.body.errors.map(({ path }: any) => path)).toEqual(requirements.slice(0, 5));
  });

  test("403 a rep takes back a win within minutes, later only who may reopen does", async () => {
    const pipeline = await makePipeline();
    const [won, open] = [stageOf(pipeline, "Won"), stageOf(pipeline, "Closing")];
    const sale = await openIn(pipeline, "Closing");
    await move(sale.id, { stageId: won });
    expect((await move(sale.id, { stageId: open })).status).toBe(200);
    await move(sale.id, { stageId: won });
    app.setNow("2026-11-19T09:26:00.000Z");
    expect((await move(sale.id, { stageId: open })).body).toMatchObject({ status: 403, code: "beyond_reach" });
    const body = { stageId: open };
    const reopened = await app.call("POST", `/opportunities/${sale.id}/moves`, { token: crew.manager.token, body });
    expect(reopened.status, reopened.text).toBe(200);
  });
});
