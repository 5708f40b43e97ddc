import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findBrowser, type FoundBrowser } from "./browser/find-browser.ts";

declare module "vitest" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only interfaces merge
  interface ProvidedContext {
    /** Where the server with the demo organization answers. */
    baseUrl: string;
    browser: FoundBrowser;
  }
}

const start = join(import.meta.dirname, "../server/src/processes/start.ts");

/**
 * One server for all journeys, started as a person would, with the demo organization complete. JOURNEYS_URL names one
 * that runs already, for whoever writes them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env["JOURNEYS_URL"] ?? "";
  if (running !== "") {
    project.provide("browser", await findBrowser());
    project.provide("baseUrl", running);
    return async () => {};
  }
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-journeys-"));
  const [browser, server] = await Promise.all([findBrowser(), startServer(folder)]);
  project.provide("browser", browser);
  project.provide("baseUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startServer(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const env = { ...process.env, PORT: "0", DATA_DIR: folder, DATABASE_URL: "", DEMO: "on", RATE_LIMIT: "0" };
  const child = fork(start, { env, stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = new Promise<string>((resolve) => {
    child.on("message", (message) => resolve((message as { url: string }).url));
  });
  const complete = new Promise<void>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("is complete")) resolve();
    });
  });
  const stopped = ended.then(() => {
    throw new Error("The server for the journeys ended before it was ready");
  });
  const [address] = await Promise.race([Promise.all([url, complete]), stopped]);
  return {
    url: address,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
