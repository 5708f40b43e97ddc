import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { residentMegabytes } from "./process-usage.ts";
import type { Fact } from "./report.ts";
import { startProcess } from "./server-process.ts";

/** From the start of the process until it answers, with its own database; and what it weighs when nobody asks. */
export async function measureStart(): Promise<Fact[]> {
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-bench-start-"));
  chmodSync(folder, 0o755);
  const env = { DATA_DIR: folder, PORT: "0", DEMO: "off", DATABASE_URL: "", RATE_LIMIT: "0" };
  try {
    const first = await timed(env);
    await first.server.stop();
    const again = await timed(env);
    await pause(5000);
    const idle = residentMegabytes(again.server.pid);
    await again.server.stop();
    return [
      ["first start, database made and migrated", `${(first.ms / 1000).toFixed(2)} s`],
      ["warm start", `${(again.ms / 1000).toFixed(2)} s`],
      ["Node process, idle", `${idle.toFixed(0)} MB`],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(
  env: Record<string, string>,
): Promise<{ server: Awaited<ReturnType<typeof startProcess>>; ms: number }> {
  const begun = performance.now();
  const server = await startProcess("../src/processes/start.ts", env);
  const reply = await fetch(new URL("/readyz", server.url));
  if (!reply.ok) throw new Error(`/readyz: ${reply.status}`);
  return { server, ms: performance.now() - begun };
}
