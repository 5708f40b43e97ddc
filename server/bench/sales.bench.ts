import { readBoard } from "@rainmaker/contracts/sales/board";
import { listOpportunities } from "@rainmaker/contracts/sales/opportunities";
import { createOpportunity, moveOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import { listPipelines } from "@rainmaker/contracts/sales/pipelines";
import { wholeOrganization } from "#platform/db";
import { BareDriver, freshIds } from "./bare.ts";
import type { BenchDatabase } from "./bench-database.ts";
import { openRecorder, type Recorder } from "./capture.ts";
import { load, type Figures } from "./load.ts";
import type { SignedIn } from "./people.ts";
import { cpuSeconds } from "./process-usage.ts";
import type { Row } from "./report.ts";
import { httpClient, startProcess, type ServerProcess } from "./server-process.ts";

type Viewers = { readonly one: SignedIn; readonly twenty: SignedIn; readonly many: SignedIn; readonly all: SignedIn };
type Setting = {
  readonly database: BenchDatabase;
  readonly server: ServerProcess;
  readonly viewers: Viewers;
  readonly clients: number;
  readonly seconds: number;
};

/** Board and list at each reach, create and move: the application, the same SQL bare, and a plain server. */
export async function measureSales(setting: Setting): Promise<Row[]> {
  const recorder = await openRecorder(setting.database);
  const bare = new BareDriver(setting.database.places.ownerUrl, 10, setting.viewers.all.organizationId);
  const floor = await startProcess("floor.ts", { FLOOR_DATABASE_URL: setting.database.places.appUrl });
  try {
    const measuring = new SalesBench(setting, recorder, bare, floor);
    return await measuring.run();
  } finally {
    await floor.stop();
    await bare.close();
    await recorder.close();
  }
}

class SalesBench {
  readonly #setting: Setting;
  readonly #recorder: Recorder;
  readonly #bare: BareDriver;
  readonly #floor: ServerProcess;
  readonly #send: ReturnType<typeof httpClient>;
  readonly #sendFloor: ReturnType<typeof httpClient>;

  constructor(setting: Setting, recorder: Recorder, bare: BareDriver, floor: ServerProcess) {
    this.#setting = setting;
    this.#recorder = recorder;
    this.#bare = bare;
    this.#floor = floor;
    this.#send = httpClient(setting.server.url, setting.clients);
    this.#sendFloor = httpClient(floor.url, setting.clients);
  }

  async run(): Promise<Row[]> {
    const { viewers } = this.#setting;
    const { reply } = await this.#recorder.record(viewers.all, listPipelines, {});
    const [pipeline] = reply.items;
    const stages: { id: string; kind: string }[] = pipeline.stages;
    await this.#giveOrders(pipeline.id, stages[0]?.id ?? "");
    const rows: Row[] = [];
    for (const [name, viewer] of Object.entries(viewers) as [keyof Viewers, SignedIn][]) {
      rows.push(
        await this.#read(`board, ${ownersOf[name]}`, viewer, `/pipelines/${pipeline.id}/board`, [
          readBoard,
          { params: { pipelineId: pipeline.id } },
        ]),
      );
      const floorPath = name === "all" ? "/list" : name === "twenty" ? "/scoped" : undefined;
      rows.push(
        await this.#read(
          `list of 50 by close date, ${ownersOf[name]}`,
          viewer,
          `/opportunities?${listQuery}`,
          [listOpportunities, { query: listQueryFields }],
          floorPath,
        ),
      );
    }
    rows.push(await this.#create());
    rows.push(await this.#move(stages));
    return rows;
  }

  async #giveOrders(pipelineId: string, stageId: string): Promise<void> {
    const { all, twenty } = this.#setting.viewers;
    const list = await this.#recorder.record(all, listOpportunities, { query: listQueryFields });
    const scoped = await this.#recorder.record(twenty, listOpportunities, { query: listQueryFields });
    const customerId = list.reply.items[0].customer.id;
    const sight = { organizationId: all.organizationId, memberId: all.memberId, reach: wholeOrganization };
    const orders = {
      sight,
      list: list.statements,
      scoped: { sight: { ...sight, memberId: twenty.memberId }, statements: scoped.statements },
      create: { pipelineId, stageId, ownerId: all.memberId, customerId },
    };
    const text = JSON.stringify(orders, (_, value: unknown) => (typeof value === "bigint" ? `bigint:${value}` : value));
    await this.#sendFloor("POST", "/orders", undefined, JSON.parse(text));
  }

  async #read(
    what: string,
    viewer: SignedIn,
    path: string,
    [contract, input]: [typeof readBoard | typeof listOpportunities, object],
    floorPath?: string,
  ): Promise<Row> {
    const { statements } = await this.#recorder.record(viewer, contract, input);
    const bare = await this.#load(() => this.#bare.read(statements));
    const app = await this.#serve(this.#setting.server.pid, () => this.#expect(200, "GET", path, viewer.token));
    const floor =
      floorPath === undefined ? undefined : await this.#serve(this.#floor.pid, () => this.#askFloor(floorPath));
    return {
      what,
      bare,
      app: app.figures,
      appCpu: app.cpu,
      ...(floor === undefined ? {} : { floor: floor.figures, floorCpu: floor.cpu }),
      mostTimesBare: 2,
    };
  }

  async #create(): Promise<Row> {
    const { all } = this.#setting.viewers;
    const { reply } = await this.#recorder.record(all, listOpportunities, { query: listQueryFields });
    const body = {
      title: "Measured",
      customerId: reply.items[0].customer.id,
      amount: { amount: "1000.00", currency: "USD" },
    };
    const since = new Date();
    const { statements } = await this.#recorder.record(all, createOpportunity, { body });
    const bare = await this.#load(() => this.#bare.write(statements, freshIds(statements, since)));
    const app = await this.#serve(this.#setting.server.pid, () =>
      this.#expect(201, "POST", "/opportunities", all.token, body),
    );
    const floor = await this.#serve(this.#floor.pid, () => this.#askFloor("/create", { title: "Measured" }));
    return { what: "create", bare, app: app.figures, appCpu: app.cpu, floorCpu: floor.cpu, mostTimesBare: 3 };
  }

  /** Each client moves cards of its own to and fro, so that nobody waits for another's row. */
  async #move(stages: readonly { id: string; kind: string }[]): Promise<Row> {
    const { all } = this.#setting.viewers;
    const [from, to] = stages.filter(({ kind }) => kind === "open").map(({ id }) => id);
    const cards = await this.#cardsIn(from ?? "", this.#setting.clients);
    const stageOf = new Map(cards.map((id) => [id, from]));
    const turn = (client: number): { id: string; stageId: string } => {
      const id = cards[client] ?? "";
      const stageId = (stageOf.get(id) === from ? to : from) ?? "";
      stageOf.set(id, stageId);
      return { id, stageId };
    };
    const bare = await this.#bareMoves(
      from ?? "",
      to ?? "",
      (await this.#cardsIn(from ?? "", 6000)).filter((id) => !cards.includes(id)),
    );
    const app = await this.#serve(this.#setting.server.pid, async (client) => {
      const { id, stageId } = turn(client);
      await this.#expect(200, "POST", `/opportunities/${id}/moves`, all.token, { stageId });
    });
    const floor = await this.#serve(this.#floor.pid, (client) => this.#askFloor("/move", turn(client)));
    return { what: "move", bare, app: app.figures, appCpu: app.cpu, floorCpu: floor.cpu, mostTimesBare: 3 };
  }

  async #bareMoves(from: string, to: string, [card = "", ...others]: readonly string[]): Promise<Figures> {
    const since = new Date();
    const { statements } = await this.#recorder.record(this.#setting.viewers.all, moveOpportunity, {
      params: { opportunityId: card },
      body: { stageId: to, fromStageId: from },
    });
    let next = 0;
    return this.#load(() => {
      const other = others[next++ % others.length] ?? card;
      return this.#bare.write(statements, freshIds(statements, since).set(card, other));
    });
  }

  async #cardsIn(stageId: string, count: number, sort = "expectedCloseOn"): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = null; ids.length < count;) {
      const query = `stageId=${stageId}&sort=${sort}&limit=100${cursor === null ? "" : `&cursor=${cursor}`}`;
      const { text } = await this.#send("GET", `/api/v1/opportunities?${query}`, this.#setting.viewers.all.token);
      const page = JSON.parse(text) as { items: { id: string }[]; nextCursor: string | null };
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    return ids.slice(0, count);
  }

  #load(operation: (client: number) => Promise<void>): Promise<Figures> {
    return load(this.#setting.clients, this.#setting.seconds, operation);
  }

  async #serve(pid: number, operation: (client: number) => Promise<void>): Promise<{ figures: Figures; cpu: number }> {
    let calls = 0;
    const before = cpuSeconds(pid);
    const figures = await this.#load(async (client) => {
      calls += 1;
      await operation(client);
    });
    return { figures, cpu: ((cpuSeconds(pid) - before) * 1000) / calls };
  }

  async #expect(status: number, method: string, path: string, token: string, body?: unknown): Promise<void> {
    const answer = await this.#send(method, `/api/v1${path}`, token, body);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }

  async #askFloor(path: string, body?: unknown): Promise<void> {
    const answer = await this.#sendFloor("POST", path, undefined, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
  }
}

const ownersOf: Readonly<Record<keyof Viewers, string>> = {
  one: "1 owner",
  twenty: "20 owners",
  many: "500 owners",
  all: "all",
};
const listQueryFields = { sort: "expectedCloseOn", kind: "open", limit: "50" };
const listQuery = new URLSearchParams(listQueryFields).toString();
