import type { FastifyBaseLogger } from "fastify";
import { createAuthenticator, createDirectory, Memory, type SessionKeys } from "#modules/organization";
import { Bus } from "#platform/bus";
import type { Config } from "#platform/config";
import { accessTokens } from "#platform/crypto";
import { openDatabase, type Database, type DatabaseOptions } from "#platform/db";
import type { Authenticate } from "#platform/http";
import { openMailer, type Mailer } from "#platform/mail";
import type { Module } from "#platform/module";
import { deriveKey } from "#platform/secrets";
import { openStorage, type Storage } from "#platform/storage";
import type { OutgoingHint } from "#platform/context";
import type { Workplace } from "#platform/tenant";
import { allModules, connectPorts } from "./modules.ts";

/** What every process has, whatever its roles. */
export type Runtime = {
  readonly config: Config;
  readonly logger: FastifyBaseLogger;
  readonly clock: () => Date;
  readonly database: Database;
  readonly storage: Storage;
  readonly mailer: Mailer;
  readonly bus: Bus;
  readonly workplace: Workplace;
  readonly authenticate: Authenticate;
  readonly modules: readonly Module[];
  readonly jobsUrl: string;
  /** Where hints go; realtime sets it once it is up. */
  setHintSender(send: (hints: readonly OutgoingHint[]) => void): void;
  close(): Promise<void>;
};

export type RuntimeOptions = {
  readonly config: Config;
  readonly logger: FastifyBaseLogger;
  readonly clock: () => Date;
  readonly places: {
    readonly appUrl: string;
    readonly jobsUrl: string;
    readonly masterKey: string;
    readonly jwtKey: string;
  };
  readonly onStatement?: DatabaseOptions["onStatement"];
};

export async function openRuntime({ config, logger, clock, places, onStatement }: RuntimeOptions): Promise<Runtime> {
  const database = openDatabase({
    url: places.appUrl,
    connections: config.DB_POOL,
    oneSync: config.DB_ONE_SYNC,
    ...(onStatement === undefined ? {} : { onStatement }),
  });
  const bus = await Bus.open(places.appUrl, database.pool);
  const keys: SessionKeys = {
    tokens: accessTokens(places.jwtKey),
    sealKey: deriveKey(places.masterKey, "refresh token successor"),
  };
  const modules = allModules(keys);
  const disconnectPorts = connectPorts(modules);
  const memory = new Memory(bus);
  const mailer = openMailer(config);
  let sendHints: (hints: readonly OutgoingHint[]) => void = () => {};
  const workplace: Workplace = {
    database,
    directory: createDirectory(database, memory),
    wake: (announced) => {
      memory.forgetAfter(announced);
      bus.send("outbox");
    },
    sendHints: (hints) => sendHints(hints),
  };
  return {
    config,
    logger,
    clock,
    database,
    storage: await openStorage(config),
    mailer,
    bus,
    workplace,
    authenticate: createAuthenticator(database, keys.tokens, memory, clock),
    modules,
    jobsUrl: places.jobsUrl,
    setHintSender: (send) => {
      sendHints = send;
    },
    async close() {
      disconnectPorts();
      mailer.close();
      await bus.close();
      await database.close();
    },
  };
}
