import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isTimeZone } from "@rainmaker/contracts/time";

export const processRoles = ["api", "worker", "realtime"] as const;
export type ProcessRole = (typeof processRoles)[number];

export class ConfigError extends Error {}

type Reader<T> = (text: string) => T;

/** A setting of the environment: what it is for, how to read it, what holds without it. .env.example lists them all. */
type Setting<T> = { readonly about: string; readonly read: Reader<T>; readonly otherwise: T };

function setting<T>(about: string, read: Reader<T>, otherwise: T): Setting<T> {
  return { about, read, otherwise };
}

const text: Reader<string> = (value) => value;

const wholeNumber =
  (min: number, max: number): Reader<number> =>
  (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new ConfigError(`has to be a whole number from ${min} to ${max}`);
    }
    return number;
  };

const oneOf =
  <T extends string>(...choices: readonly T[]): Reader<T> =>
  (value) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new ConfigError(`has to be one of ${choices.join(", ")}`);
    return found;
  };

const onOff: Reader<boolean> = (value) => oneOf("1", "0")(value) === "1";

const url =
  (...protocols: readonly string[]): Reader<string> =>
  (value) => {
    const parsed = URL.parse(value);
    if (parsed === null || !protocols.includes(parsed.protocol)) {
      throw new ConfigError(`has to be an address that starts with ${protocols.map((p) => `${p}//`).join(" or ")}`);
    }
    return value;
  };

/** 32 random bytes in base64. */
const key: Reader<string> = (value) => {
  if (Buffer.from(value, "base64").length !== 32) {
    throw new ConfigError("has to be 32 random bytes in base64, for example from: openssl rand -base64 32");
  }
  return value;
};

const list: Reader<readonly string[]> = (value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

const roles: Reader<readonly ProcessRole[]> = (value) => {
  const named = list(value).map(oneOf(...processRoles));
  if (named.length === 0) throw new ConfigError(`has to name one or more of ${processRoles.join(", ")}`);
  return named;
};

/** As browsers send them: scheme, host and port, nothing behind. */
const origins: Reader<readonly string[]> = (value) => {
  const named = list(value);
  if (named.some((origin) => URL.parse(origin)?.origin !== origin)) {
    throw new ConfigError("has to be a list of origins such as https://app.example.com, without a path");
  }
  return named;
};

const timeZone: Reader<string> = (value) => {
  if (!isTimeZone(value)) throw new ConfigError("has to be an IANA time zone such as Europe/Berlin");
  return value;
};

export const settings = {
  PORT: setting("Port of the web application and the API", wholeNumber(0, 65_535), 3000),
  HOST: setting("Address to listen on; the demo organization exists only on the loopback default", text, "127.0.0.1"),
  PUBLIC_URL: setting(
    "Address people open, for links in invitations; http://localhost:PORT unless set",
    url("http:", "https:"),
    "",
  ),
  DATA_DIR: setting("Folder for the embedded database, secrets and uploaded files", text, ".data"),
  DATABASE_URL: setting(
    "PostgreSQL 15 or newer, as the owner of the database; used for migrations. Without it an embedded PostgreSQL is started",
    url("postgres:", "postgresql:"),
    "",
  ),
  APP_DATABASE_URL: setting(
    "The same database as role rainmaker_app, where you manage roles yourself; otherwise its password is set from MASTER_KEY",
    url("postgres:", "postgresql:"),
    "",
  ),
  JOBS_DATABASE_URL: setting("The same database as role rainmaker_jobs, likewise", url("postgres:", "postgresql:"), ""),
  DB_POOL: setting("Database connections of each process", wholeNumber(2, 200), 10),
  DB_ONE_SYNC: setting(
    "1: settings and statement in one round trip; 0: the plain form, should a driver update break it",
    onOff,
    true,
  ),
  ROLES: setting("What this process does: api, worker, realtime; or --roles=", roles, processRoles),
  MASTER_KEY: setting(
    "Encrypts stored secrets; generated into DATA_DIR for the embedded database, required with DATABASE_URL",
    key,
    "",
  ),
  JWT_KEY: setting("Seed of the key that signs access tokens; like MASTER_KEY", key, ""),
  DEMO: setting(
    "auto: demo organization on the embedded database and loopback only; on; off",
    oneOf("auto", "on", "off"),
    "auto",
  ),
  STORAGE: setting("Where files are kept: local (in DATA_DIR) or s3", oneOf("local", "s3"), "local"),
  S3_BUCKET: setting("Bucket", text, ""),
  S3_REGION: setting("Region", text, "us-east-1"),
  S3_ENDPOINT: setting("Address of an S3-compatible service, where it is not AWS", url("http:", "https:"), ""),
  S3_ACCESS_KEY_ID: setting("Access key; the machine's own role where empty", text, ""),
  S3_SECRET_ACCESS_KEY: setting("Secret of the access key", text, ""),
  SMTP_URL: setting(
    "Mail server, such as smtp://user:password@mail.example.com:587; without it nothing is sent by mail",
    url("smtp:", "smtps:"),
    "",
  ),
  MAIL_FROM: setting("Sender of mails, such as Billing <billing@example.com>", text, ""),
  CORS_ORIGINS: setting("Other origins that may call the API, separated by commas; none unless set", origins, []),
  TRUST_PROXY: setting("1 behind a reverse proxy that sets X-Forwarded-For", onOff, false),
  RATE_LIMIT: setting(
    "Requests a minute of one member's browser sessions; 0 for no limit",
    wholeNumber(0, 1_000_000),
    600,
  ),
  LOG_LEVEL: setting(
    "fatal, error, warn, info, debug, trace or silent",
    oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent"),
    "warn",
  ),
  METRICS_TOKEN: setting(
    "Bearer token for /metrics from elsewhere than this machine; without it only this machine reads them",
    text,
    "",
  ),
  DEFAULT_TIME_ZONE: setting("Time zone of organizations that register without one", timeZone, "UTC"),
  SHUTDOWN_SECONDS: setting("How long running requests may take to finish on shutdown", wholeNumber(1, 600), 10),
} as const;

type Settings = { [K in keyof typeof settings]: (typeof settings)[K]["otherwise"] };

/** The one place configuration is read. Paths are absolute, PUBLIC_URL is never empty. */
export type Config = Settings & { readonly embedded: boolean; readonly filesDir: string };

/**
 * Reads and checks the configuration.
 * @throws ConfigError with one line for each setting that is wrong.
 */
export function readConfig(env: NodeJS.ProcessEnv, argv: readonly string[] = []): Config {
  const faults: string[] = [];
  const given: NodeJS.ProcessEnv = { ...env, ...readFlags(argv, faults) };
  const entries = Object.entries(settings).map(([name, { read, otherwise }]) => {
    const value = given[name]?.trim() ?? "";
    if (value === "") return [name, otherwise];
    try {
      return [name, read(value)];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // A value may be a secret: it is named, not shown.
      faults.push(`${name} ${error.message}.`);
      return [name, otherwise];
    }
  });
  const config = Object.fromEntries(entries) as Settings;
  // A wrong value reads as none here; what it contradicts is seen once it is right.
  if (faults.length === 0) faults.push(...contradictions(config));
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  const dataDir = resolve(config.DATA_DIR);
  return {
    ...config,
    DATA_DIR: dataDir,
    PUBLIC_URL: config.PUBLIC_URL.replace(/\/+$/, "") || `http://localhost:${config.PORT}`,
    embedded: config.DATABASE_URL === "",
    filesDir: join(dataDir, "files"),
  };
}

function readFlags(argv: readonly string[], faults: string[]): { ROLES?: string } {
  try {
    const { roles: given } = parseArgs({ args: [...argv], options: { roles: { type: "string" } } }).values;
    return given === undefined ? {} : { ROLES: given };
  } catch (error) {
    faults.push(`${(error as Error).message}.`);
    return {};
  }
}

function contradictions(config: Settings): string[] {
  const faults: string[] = [];
  if (config.DATABASE_URL !== "" && (config.MASTER_KEY === "" || config.JWT_KEY === "")) {
    faults.push(
      "With DATABASE_URL, set MASTER_KEY and JWT_KEY too: 32 random bytes in base64 each, for example from: openssl rand -base64 32",
    );
  }
  if (config.STORAGE === "s3" && config.S3_BUCKET === "") faults.push("With STORAGE=s3, set S3_BUCKET too.");
  if ((config.S3_ACCESS_KEY_ID === "") !== (config.S3_SECRET_ACCESS_KEY === ""))
    faults.push("Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY together, or neither.");
  if ((config.SMTP_URL === "") !== (config.MAIL_FROM === ""))
    faults.push("Set SMTP_URL and MAIL_FROM together, or neither.");
  const fault = config.DEMO === "on" ? demoFault(config) : null;
  if (fault !== null) faults.push(fault);
  return faults;
}

/** Why there may be no demo organization here, or null. */
export function demoFault({ HOST }: Pick<Config, "HOST">): string | null {
  return isLoopback(HOST)
    ? null
    : "The demo organization is refused when HOST is not a loopback address: its passwords are public.";
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Whether this process should hold the demo organization. */
export function wantsDemo(config: Config): boolean {
  if (demoFault(config) !== null) return false;
  return config.DEMO === "on" || (config.DEMO === "auto" && config.embedded);
}
