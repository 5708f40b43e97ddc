import { sql } from "kysely";
import { pino } from "pino";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { FastifyBaseLogger } from "fastify";
import type { Config } from "./config.ts";
import type { Http } from "./http/types.ts";

/** Structured logs on standard output, one JSON object a line. Tokens, cookies and passwords never appear. */
export function openLogger(config: Pick<Config, "LOG_LEVEL">): FastifyBaseLogger {
  return pino({
    level: config.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["req.headers.authorization", "req.headers.cookie", "*.password", "*.token"], censor: "[hidden]" },
  });
}

/** Health for load balancers and figures for Prometheus. */
export function serveTelemetry(http: Http): void {
  const { app, workplace, config } = http;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "rainmaker_http_request_seconds",
    help: "Time to answer, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.floor(reply.elapsedTime),
        memberId: request.caller?.actor.memberId ?? undefined,
      },
      "answered",
    );
  });
  const readQueues = addQueueGauges(registry, http);

  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await sql`select 1`.execute(workplace.database.outside);
      return { status: "ready" };
    } catch {
      return reply.status(503).send({ status: "waiting for the database" });
    }
  });
  app.get("/metrics", async (request, reply) => {
    const isLocal = request.ip === "127.0.0.1" || request.ip === "::1";
    const hasToken = config.METRICS_TOKEN !== "" && request.headers.authorization === `Bearer ${config.METRICS_TOKEN}`;
    if (!isLocal && !hasToken) return reply.status(404).send();
    await readQueues();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

type Depths = {
  waiting_events: bigint;
  due_deliveries: bigint;
  parked_deliveries: bigint;
  oldest_event_seconds: number;
};

/** @returns reads the figures anew, for each scrape */
function addQueueGauges(registry: Registry, { workplace }: Http): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const waiting = gauge("rainmaker_outbox_events", "Committed events that are not in the log yet");
  const due = gauge("rainmaker_deliveries_due", "Events a handler has not handled yet");
  const parked = gauge("rainmaker_deliveries_parked", "Events given up after repeated failure, waiting for a person");
  const connections = gauge("rainmaker_database_connections", "Open database connections of this process");
  const oldest = gauge("rainmaker_outbox_oldest_seconds", "Age of the oldest event that is not in the log yet");
  return async () => {
    const { rows } = await sql<Depths>`select * from door.queue_depths()`.execute(workplace.database.outside);
    const [depths] = rows;
    connections.set(workplace.database.pool.totalCount);
    if (depths === undefined) return;
    oldest.set(depths.oldest_event_seconds);
    waiting.set(Number(depths.waiting_events));
    due.set(Number(depths.due_deliveries));
    parked.set(Number(depths.parked_deliveries));
  };
}
