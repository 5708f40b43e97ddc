import type { Person } from "../src/processes/in-process-api.ts";
import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { readConfig } from "#platform/config";
import { systemClock } from "#platform/clock";
import { openLogger } from "#platform/telemetry";
import { openInProcessApi } from "../src/processes/in-process-api.ts";
import { openRuntime } from "../src/processes/runtime.ts";
import type { BenchDatabase } from "./bench-database.ts";

/** A statement as the application sent it. */
export type Captured = { readonly text: string; readonly values: readonly unknown[] };

export type Recorder = {
  /** The statements that one call sends for its work, and its answer. */
  record(person: Person, contract: Endpoint, input: object): Promise<{ statements: Captured[]; reply: any }>;
  close(): Promise<void>;
};

/** The application in this process, telling each statement: what the bare driver then repeats. */
export async function openRecorder(database: BenchDatabase): Promise<Recorder> {
  const sent: Captured[] = [];
  const config = readConfig({ ...database.env, PORT: "0" });
  const runtime = await openRuntime({
    config,
    logger: openLogger(config),
    clock: systemClock,
    places: database.places,
    onStatement: (text, values) => void sent.push({ text, values }),
  });
  const api = await openInProcessApi(runtime);
  return {
    async record(person, contract, input) {
      sent.length = 0;
      const reply = await api.send(person, contract, input);
      // Who asks is known from a cache; only the first call reads it.
      return { statements: sent.splice(0).filter(({ text }) => !text.includes("as session_open")), reply };
    },
    async close() {
      await api.close();
      await runtime.close();
    },
  };
}
