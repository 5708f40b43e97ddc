import { globSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { accessTokens } from "#platform/crypto";
import { allModules } from "../src/processes/modules.ts";
import { offencesOf } from "./generated/migration-text.ts";
import { testJwtKey } from "./global-setup.ts";

/** A module may import only modules to its left. Against the arrow, emit an event or ask a port. */
const order = ["organization", "records", "sales", "revenue", "analytics"];

const server = join(import.meta.dirname, "..");
const modules = join(server, "src/modules");
const contracts = join(server, "../contracts/src");
const migrations = join(server, "migrations");

const filesIn = (folder: string): string[] => globSync(join(folder, "**/*.ts")).toSorted();
const specifiersIn = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"'\s]+)["']/g)].map(
    ([, specifier = ""]) => specifier,
  );
const modulesImportedBy = (module: string): string[] =>
  filesIn(join(modules, module)).flatMap((file) =>
    specifiersIn(file).flatMap((specifier) => /^#modules\/([a-z-]+)/.exec(specifier)?.[1] ?? []),
  );

describe("modules", () => {
  test("every module has its place in the order", () => {
    expect(readdirSync(modules).toSorted()).toEqual(order.toSorted());
  });

  test("they are started in that order, each under the name of its folder", () => {
    const keys = { tokens: accessTokens(testJwtKey), sealKey: Buffer.alloc(32) };
    expect(allModules(keys).map(({ name }) => name)).toEqual(order);
  });

  test.each(order)("%s imports only modules to its left", (module) => {
    const rightOrSelf = new Set(order.slice(order.indexOf(module)));
    expect(modulesImportedBy(module).filter((name) => rightOrSelf.has(name))).toEqual([]);
  });

  test("the arrows are really read: revenue imports sales", () => {
    expect(modulesImportedBy("revenue")).toContain("sales");
  });

  test.each(order)("%s has an index.ts as its only door, and its module object", (module) => {
    const own = filesIn(join(modules, module)).map((file) => relative(join(modules, module), file));
    expect(own.filter((file) => basename(file) === "index.ts")).toEqual(["index.ts"]);
    expect(own).toContain(`${module}.module.ts`);
  });

  test("a platform piece is imported by its face, never from the folder behind it", () => {
    const deep = filesIn(modules).flatMap((file) =>
      specifiersIn(file).filter((specifier) => /^#platform\/[^/]+\//.test(specifier)),
    );
    expect(deep).toEqual([]);
  });
});

describe("files", () => {
  test("no folder stands below a feature folder", () => {
    const deeper = globSync("*/*/*/**", { cwd: modules, withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(deeper.map(({ parentPath, name }) => join(parentPath, name))).toEqual([]);
  });

  const moduleRoles = ["module", "context", "ports", "search", "events"];
  const featureRoles = ["routes", "command", "query", "store", "handler", "job", "projection", "adapter"];
  const testRoles = ["test", "api.test"];

  test.each([
    ["of a module", "*/*.ts", moduleRoles],
    ["of a feature", "*/*/*.ts", [...featureRoles, ...testRoles]],
  ])("every role in the name of a file %s is a known one", (_where, pattern, known) => {
    const unknown = globSync(pattern, { cwd: modules }).filter((file) => {
      const [, ...roles] = basename(file, ".ts").split(".");
      return roles.length > 0 && !known.includes(roles.join("."));
    });
    expect(unknown).toEqual([]);
  });

  test("a file of a module's folder has a role: rules live in features", () => {
    const without = globSync("*/*.ts", { cwd: modules }).filter((file) => !basename(file, ".ts").includes("."));
    expect(without.filter((file) => basename(file) !== "index.ts")).toEqual([]);
  });

  test("nothing is called utils, helpers, common, manager or service", () => {
    const vague = /^(?:utils?|helpers?|common|managers?|services?)$|-(?:utils?|helpers?|managers?|services?)$/;
    const named = globSync("**/*", { cwd: join(server, "src") }).filter((path) =>
      path.split(/[\\/]/).some((part) => vague.test(part.split(".")[0] ?? "")),
    );
    expect(named).toEqual([]);
  });

  test("contracts lie below everything: they import zod/mini and each other", () => {
    const others = filesIn(contracts)
      .filter((file) => !file.endsWith(".test.ts"))
      .flatMap(specifiersIn)
      .filter((specifier) => specifier !== "zod/mini" && !/^\.\.?\/(?!\.\.\/)[\w./-]+\.ts$/.test(specifier));
    expect(others).toEqual([]);
  });
});

describe("migrations", () => {
  /** Tables that may read the database's clock, and why. */
  const realTime: Readonly<Record<string, string>> = {
    outbox: "the sequencer orders by real time, so that a cause stands before its effects",
    socket_io_attachments: "belongs to the sockets' adapter, which fills it without a time",
  };
  const found = globSync("**/*.sql", { cwd: migrations }).flatMap((file) =>
    offencesOf(readFileSync(join(migrations, file), "utf8")),
  );

  test("domain time comes from the clock of the context, instants have a zone, nothing is a binary fraction", () => {
    expect(found.filter(({ table }) => !(table in realTime))).toEqual([]);
  });

  test("an exception that is no longer needed is taken off the list", () => {
    expect(Object.keys(realTime).filter((name) => !found.some(({ table }) => table === name))).toEqual([]);
  });

  test.each([
    ["create table t (at timestamptz not null default now())", "default from the database's clock"],
    ["alter table t alter at set default CURRENT_TIMESTAMP", "default from the database's clock"],
    ["create table t (on_day date default (current_date))", "default from the database's clock"],
    ["create table t (at timestamp not null)", "timestamp without time zone"],
    ["create table t (at timestamp without time zone)", "timestamp without time zone"],
    ["create table t (amount double precision)", "binary fraction or money"],
    ["create table t (amount real)", "binary fraction or money"],
    ["create table t (amount money)", "binary fraction or money"],
  ])("%s is caught", (sql, offence) => {
    expect(offencesOf(`-- a table;\n${sql};`)).toEqual([{ table: "t", offence }]);
  });

  test.each([
    "create table t (at timestamptz not null, b timestamp with time zone, n integer default 0)",
    "-- default now()\ncreate table t (name text default 'now()')",
    "-- the domain's clock\ncreate table t (name text default 'it''s; now()'); -- it's",
    "create function f() returns timestamptz language sql as $$ select now() $$",
  ])("%s is not", (sql) => {
    expect(offencesOf(sql)).toEqual([]);
  });
});
