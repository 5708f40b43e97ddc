import { ConfigError, demoFault } from "#platform/config";
import { demoIntroduction, terminalProgress } from "../demo/demo.ts";
import { fillDemo } from "../demo/fill-demo.ts";
import { startWorker } from "../worker.ts";
import type { Command } from "./command.ts";
import { withRuntime } from "./with-runtime.ts";

export const run: Command = async (config) => {
  const fault = demoFault(config);
  if (fault !== null) throw new ConfigError(fault);
  const isNew = await withRuntime(config, async (runtime) => {
    const worker = await startWorker(runtime);
    try {
      const wasFilled = await fillDemo(runtime, terminalProgress());
      await worker.sequencer.drain();
      return wasFilled;
    } finally {
      await worker.stop();
    }
  });
  console.log(`\n${isNew ? "The demo organization is complete." : "The demo organization is there already."}\n`);
  console.log(demoIntroduction());
};
