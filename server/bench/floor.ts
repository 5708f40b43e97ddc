import { createServer, type IncomingMessage } from "node:http";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { openDatabase, type Sight } from "#platform/db";
import type { Captured } from "./capture.ts";

/**
 * The least a server with row-level security can do: node:http, one statement in one round trip, JSON. No contract, no
 * permission, no idempotency, no audit. What the application costs is said as a multiple of this.
 */
type Orders = {
  readonly sight: Sight;
  readonly list: readonly Captured[];
  readonly scoped: { readonly sight: Sight; readonly statements: readonly Captured[] };
  readonly create: {
    readonly pipelineId: string;
    readonly stageId: string;
    readonly ownerId: string;
    readonly customerId: string;
  };
};

const database = openDatabase({ url: process.env["FLOOR_DATABASE_URL"] ?? "", connections: 10 });
let orders: Orders | undefined;

async function answer(path: string, body: any): Promise<unknown> {
  if (path === "/orders") {
    orders = body as Orders;
    return {};
  }
  if (orders === undefined) throw new Error("no orders yet");
  if (path === "/list") return run(orders.sight, orders.list);
  if (path === "/scoped") return run(orders.scoped.sight, orders.scoped.statements);
  if (path === "/create") return create(orders, body.title as string);
  return move(orders, body as { id: string; stageId: string });
}

async function run(sight: Sight, statements: readonly Captured[]): Promise<unknown> {
  const db = database.session(sight);
  const results = [];
  for (const { text, values } of statements) {
    const { rows } = await db.executeQuery({
      sql: text,
      parameters: values,
      query: { kind: "RawNode" } as never,
      queryId: { queryId: "" },
    });
    results.push(rows);
  }
  return results;
}

async function create({ sight, create: at }: Orders, title: string): Promise<unknown> {
  const id = uuidv7();
  const { rows } = await sql`
    with made as (
      insert into opportunity (organization_id, id, number, owner_id, customer_id, pipeline_id, stage_id, stage_since, rank, title, amount_minor, currency,
        opened_on, created_at, updated_at, version)
      values (${sight.organizationId}, ${id}, floor(random() * 1e12)::bigint + 1e9::bigint, ${at.ownerId}, ${at.customerId}, ${at.pipelineId}, ${at.stageId}, now(),
        ${`a${id.replaceAll("-", "")}i`}, ${title}, 100000, 'USD', current_date, now(), now(), 1)
      returning *
    ), told as (
      insert into outbox (organization_id, id, type, entity, record_id, changes, facts, occurred_at)
      select organization_id, ${uuidv7()}, 'opportunity.created', 'opportunity', id, '{}', '{}', now() from made
    ) select * from made`.execute(database.session(sight));
  return rows[0];
}

async function move({ sight }: Orders, { id, stageId }: { id: string; stageId: string }): Promise<unknown> {
  const { rows } = await sql`
    with moved as (
      update opportunity set stage_id = ${stageId}, stage_since = now(), version = version + 1 where organization_id = ${sight.organizationId} and id = ${id} returning *
    ), history as (
      insert into stage_history (organization_id, id, opportunity_id, owner_id, to_stage_id, moved_at, source)
      select organization_id, ${uuidv7()}, id, owner_id, stage_id, now(), 'moved' from moved
    ), told as (
      insert into outbox (organization_id, id, type, entity, record_id, changes, facts, occurred_at)
      select organization_id, ${uuidv7()}, 'opportunity.moved', 'opportunity', id, '{}', '{}', now() from moved
    ) select * from moved`.execute(database.session(sight));
  return rows[0];
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString("utf8"), revive);
}

/** bigints cross as text with a mark. */
function revive(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.startsWith("bigint:") ? BigInt(value.slice(7)) : value;
}

const server = createServer((request, response) => {
  bodyOf(request)
    .then((body) => answer(request.url ?? "/", body))
    .then(
      (reply) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(reply, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)));
      },
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` });
});
process.on("SIGTERM", () => process.exit(0));
