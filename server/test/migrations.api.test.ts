import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StartError } from "#platform/embedded-postgres";
import { migrate } from "#platform/migrate";
import pg from "pg";
import { makeDatabase, type TestDatabase } from "./database.ts";

const own = join(import.meta.dirname, "../migrations");
let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await makeDatabase();
  folder = mkdtempSync(join(tmpdir(), "rainmaker-migrations-"));
  cpSync(own, folder, { recursive: true });
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, `${name}.sql`), text);
const start = (from = folder): Promise<readonly string[]> =>
  migrate({ ownerUrl: database.ownerUrl, passwords: null, folder: from }).then(({ applied }) => applied);
const refusal = async (from?: string): Promise<string> => {
  const error: unknown = await start(from).then(
    () => new Error("nothing was refused"),
    (thrown: unknown) => thrown,
  );
  // A StartError is one sentence for whoever starts; anything else would be shown with its stack.
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
};

async function exists(table: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query("select to_regclass($1) is not null as exists", [table])).rows[0].exists;
  } finally {
    await client.end();
  }
}

test("a database that is up to date is left as it is", async () => {
  expect(await start()).toEqual([]);
});

test("a migration that fails midway is named and leaves nothing behind; the next start goes on", async () => {
  write("9001_sound", "create table sound (id uuid);");
  write("9002_broken", "create table half (id uuid); select 1 / 0;");
  expect(await refusal()).toMatch(/9002_broken failed and was rolled back.*division by zero/);
  expect([await exists("sound"), await exists("half")]).toEqual([false, false]);
  write("9002_broken", "create table half (id uuid);");
  expect(await start()).toEqual(["9001_sound", "9002_broken"]);
  expect([await exists("sound"), await exists("half")]).toEqual([true, true]);
  expect(await start()).toEqual([]);
});

test("two starts at once migrate once", async () => {
  write("9001_sound", "create table sound (id uuid);");
  const applied = await Promise.all([start(), start(), start()]);
  expect(applied.flat()).toEqual(["9001_sound"]);
});

test("a database that a newer version has migrated is refused", async () => {
  write("9001_newer", "create table newer (id uuid);");
  await start();
  expect(await refusal(own)).toMatch(/another version of Rainmaker.*9001_newer/);
});

test("a migration that was changed after it was applied is refused, other ends of lines are not", async () => {
  write("9001_sound", "create table sound (\n  id uuid\n);");
  await start();
  write("9001_sound", "create table sound (\r\n  id uuid\r\n);");
  expect(await start()).toEqual([]);
  write("9001_sound", "create table sound (\n  id text\n);");
  expect(await refusal()).toMatch(/^Migration 9001_sound was changed after it was applied.*Restore the file/);
});
