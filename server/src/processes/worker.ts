import { startJobs, type JobRunner } from "#platform/jobs";
import { startSequencer, type Sequencer } from "#platform/sequencer";
import type { Runtime } from "./runtime.ts";

export type Worker = { readonly sequencer: Sequencer; stop(): Promise<void> };

/** What happens after a commit: the event log, handlers, projections, jobs. */
export async function startWorker({
  workplace,
  modules,
  bus,
  clock,
  logger,
  storage,
  mailer,
  jobsUrl,
}: Runtime): Promise<Worker> {
  const sequencer = startSequencer({ workplace, modules, bus, clock, logger });
  const jobs: JobRunner = await startJobs({
    url: jobsUrl,
    jobs: modules.flatMap((module) => module.jobs ?? []),
    workplace,
    storage,
    mailer,
    clock,
    logger,
  });
  return {
    sequencer,
    async stop() {
      await sequencer.stop();
      await jobs.stop();
    },
  };
}
