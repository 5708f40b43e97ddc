import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, demoFault, readConfig, settings, wantsDemo } from "./config.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const given = { DATABASE_URL: "postgres://owner@db.example/rainmaker", MASTER_KEY: key, JWT_KEY: key };

const faultsOf = (env: Record<string, string>, argv: readonly string[] = []): string[] => {
  try {
    readConfig(env, argv);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n");
  }
};

/** A setting as .env.example shows it: what it is for, and what holds without it. */
function shown([name, { about, otherwise }]: [string, { about: string; otherwise: unknown }]): string {
  const plain = typeof otherwise === "boolean" ? Number(otherwise) : otherwise;
  return `# ${about}\n# ${name}=${String(plain)}\n`;
}

describe(".env.example", () => {
  test("shows every setting with what it is for and what holds without it (vitest -u writes it)", async () => {
    const head = "# Settings of Rainmaker. Copy this file to .env and take the # from the lines you change.\n";
    const text = [head, ...Object.entries(settings).map(shown)].join("\n");
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "../../../.env.example"));
  });
});

describe("readConfig", () => {
  test("needs nothing: an embedded database on this machine alone", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      PUBLIC_URL: "http://localhost:3000",
      embedded: true,
    });
    expect(config.ROLES).toEqual(["api", "worker", "realtime"]);
    expect(wantsDemo(config)).toBe(true);
  });

  test("takes an empty value for none", () => {
    const env = Object.fromEntries(Object.keys(settings).map((name) => [name, " "]));
    expect(readConfig(env)).toEqual(readConfig({}));
  });

  test("takes what is given", () => {
    const config = readConfig({
      ...given,
      PORT: "8080",
      PUBLIC_URL: "https://crm.example.com/",
      CORS_ORIGINS: "https://a.example, https://b.example:8443",
      TRUST_PROXY: "1",
    });
    expect(config).toMatchObject({
      PORT: 8080,
      embedded: false,
      TRUST_PROXY: true,
      // Links are made by writing a path behind it.
      PUBLIC_URL: "https://crm.example.com",
      CORS_ORIGINS: ["https://a.example", "https://b.example:8443"],
    });
    expect(wantsDemo(config)).toBe(false);
  });

  test("takes the roles of the command line before those of the environment", () => {
    expect(readConfig({ ROLES: "api" }, ["--roles=worker,realtime"]).ROLES).toEqual(["worker", "realtime"]);
  });

  const bad: [name: keyof typeof settings, value: string][] = [
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "80.5"],
    ["PORT", "http"],
    ["PUBLIC_URL", "crm.example.com"],
    ["PUBLIC_URL", "ftp://crm.example.com"],
    ["DATABASE_URL", "mysql://db/x"],
    ["APP_DATABASE_URL", "db.example"],
    ["JOBS_DATABASE_URL", "5432"],
    ["DB_POOL", "1"],
    ["DB_POOL", "many"],
    ["DB_ONE_SYNC", "yes"],
    ["ROLES", "api,web"],
    ["ROLES", ","],
    ["MASTER_KEY", "secret"],
    ["JWT_KEY", Buffer.alloc(31).toString("base64")],
    ["DEMO", "true"],
    ["STORAGE", "ftp"],
    ["S3_ENDPOINT", "minio:9000"],
    ["CORS_ORIGINS", "*"],
    ["CORS_ORIGINS", "https://a.example, b.example"],
    ["CORS_ORIGINS", "https://a.example/app"],
    ["TRUST_PROXY", "true"],
    ["RATE_LIMIT", "-5"],
    ["LOG_LEVEL", "loud"],
    ["DEFAULT_TIME_ZONE", "Berlin"],
    ["SHUTDOWN_SECONDS", "0"],
  ];
  test.each(bad)("names %s where it is %s", (name, value) => {
    const faults = faultsOf({ ...given, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} has to .+\\.$`));
  });

  test("names every setting that is wrong, and shows no value: it may be a secret", () => {
    const faults = faultsOf({ ...given, PORT: "x", MASTER_KEY: "hunter2", DEMO: "perhaps" });
    expect(faults.map((line) => line.split(" ")[0])).toEqual(["PORT", "MASTER_KEY", "DEMO"]);
    expect(faults.join()).not.toContain("hunter2");
  });

  const contradictions: [why: string, env: Record<string, string>, names: string][] = [
    ["a database without the keys", { DATABASE_URL: given.DATABASE_URL }, "MASTER_KEY"],
    ["a database with one of the keys", { ...given, JWT_KEY: "" }, "JWT_KEY"],
    ["S3 without a bucket", { STORAGE: "s3" }, "S3_BUCKET"],
    ["half of an access key", { STORAGE: "s3", S3_BUCKET: "b", S3_ACCESS_KEY_ID: "id" }, "S3_SECRET_ACCESS_KEY"],
    ["a demo that others could reach", { DEMO: "on", HOST: "0.0.0.0" }, "HOST"],
  ];
  test.each(contradictions)("refuses %s", (_why, env, name) => {
    const faults = faultsOf(env);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
  });

  test("refuses what it does not know on the command line", () => {
    expect(faultsOf({}, ["--role=api"])).toMatchObject([expect.stringContaining("--role")]);
    expect(faultsOf({}, ["api"])).toMatchObject([expect.stringContaining("api")]);
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["10.0.0.5", false],
  ["localhost.example.com", false],
])("the demo on HOST=%s is allowed: %s", (host, isAllowed) => {
  expect(demoFault({ HOST: host }) === null).toBe(isAllowed);
});
