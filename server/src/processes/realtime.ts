import type { Server } from "node:http";
import { openRealtime, type Realtime } from "#platform/realtime";
import type { Runtime } from "./runtime.ts";

/** Sockets of browsers. Without a server it only sends: a worker's hints reach the sockets of other processes. */
export function startRealtime(runtime: Runtime, server: Server | undefined): Realtime {
  const { database, workplace, authenticate, bus, config, logger } = runtime;
  const realtime = openRealtime({
    server,
    pool: database.pool,
    workplace,
    authenticate,
    bus,
    allowedOrigins: config.CORS_ORIGINS,
    logger,
  });
  runtime.setHintSender((hints) => realtime.sendHints(hints));
  return realtime;
}
