// npm run bench: what the product costs, each figure beside the same work done bare, in one run on one machine.
// BENCH_ROWS (300000), BENCH_IMPORT_ROWS (100000), BENCH_SECONDS (5) and BENCH_ONLY (sales, money, import, start, web) make it smaller.
import { cpus } from "node:os";
import { startBenchDatabase, type BenchDatabase } from "./bench-database.ts";
import { join, register } from "./people.ts";
import { measureImport } from "./import.bench.ts";
import { measureLargeImport } from "./large-import.bench.ts";
import { measureMoney } from "./money.bench.ts";
import { factsToTable, rowsToTable, type Fact } from "./report.ts";
import { measureSales } from "./sales.bench.ts";
import { fullSize, seed } from "./seed.ts";
import { httpClient, startProcess } from "./server-process.ts";
import { measureStart } from "./start.bench.ts";
import { measureWeb } from "../../e2e/bench/web.bench.ts";

const seconds = Number(process.env["BENCH_SECONDS"] ?? 5);
const opportunities = Number(process.env["BENCH_ROWS"] ?? fullSize.opportunities);
const importRows = Number(process.env["BENCH_IMPORT_ROWS"] ?? 100_000);
const only = process.env["BENCH_ONLY"]?.split(",");
const clients = 16;

function wants(part: string): boolean {
  return only === undefined || only.includes(part);
}

async function sales(database: BenchDatabase): Promise<void> {
  const server = await startProcess("../src/processes/start.ts", database.env);
  try {
    const send = httpClient(server.url, 4);
    const all = await register(send, "Measured");
    const one = await join(send, all, "one", "sales_rep");
    const twenty = await join(send, all, "twenty", "manager");
    const many = await join(send, all, "many", "manager");
    const neighbours: string[] = [];
    for (let n = 1; n <= 9; n += 1) neighbours.push((await register(send, `Neighbour ${n}`)).organizationId);
    console.log(`Seeding ${opportunities} opportunities ...`);
    const size = { ...fullSize, opportunities, customers: Math.ceil(opportunities / 3) };
    await seed(
      database.places.ownerUrl,
      all.organizationId,
      neighbours,
      { twenty: twenty.memberId, many: many.memberId },
      size,
    );
    const viewers = { one, twenty, many, all };
    const rows = await measureSales({ database, server, viewers, clients, seconds });
    console.log(
      `\n${clients} clients, ${opportunities} opportunities, ${cpus().length} cores\n\n${rowsToTable(rows)}\n`,
    );
  } finally {
    await server.stop();
  }
}

async function figures(database: BenchDatabase): Promise<Fact[]> {
  const server = await startProcess("../src/processes/start.ts", database.env);
  try {
    const imported = wants("import") ? await measureImport(server) : [];
    const large = wants("import") ? await measureLargeImport(server, importRows) : [];
    const payments = Math.max(100, Math.min(1600, seconds * 320));
    const verified = wants("money") ? await measureMoney(database, server, { clients, payments }) : [];
    const seen = wants("web") ? await measureWeb(server) : [];
    return [...verified, ...imported, ...large, ...seen];
  } finally {
    await server.stop();
  }
}

const facts: Fact[] = [];
const database = await startBenchDatabase();
try {
  if (wants("money") || wants("import") || wants("web")) facts.push(...(await figures(database)));
  if (wants("sales")) await sales(database);
} finally {
  await database.stop();
}
if (wants("start")) facts.push(...(await measureStart()));
console.log(`${factsToTable(facts)}\n`);
