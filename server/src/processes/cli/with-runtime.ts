import { systemClock } from "#platform/clock";
import type { Config } from "#platform/config";
import { openLogger } from "#platform/telemetry";
import { prepareDatabase, reachDatabase, type DatabasePlaces } from "../database-setup.ts";
import { isDataFolderInUse, lockDataFolder } from "../instance-lock.ts";
import { openRuntime, type Runtime } from "../runtime.ts";

/** Reaches the database for one command. A server that is already running keeps its embedded database. */
export async function withDatabase<T>(config: Config, work: (places: DatabasePlaces) => Promise<T>): Promise<T> {
  const isShared = !config.embedded || isDataFolderInUse(config.DATA_DIR);
  const unlock = isShared ? () => {} : lockDataFolder(config.DATA_DIR);
  try {
    const places = await reachDatabase(config);
    try {
      return await work(places);
    } finally {
      if (!isShared) await places.stop();
    }
  } finally {
    unlock();
  }
}

/** The same with the whole application; pending migrations are applied first. */
export function withRuntime<T>(config: Config, work: (runtime: Runtime) => Promise<T>): Promise<T> {
  return withDatabase(config, async (places) => {
    await prepareDatabase(config, places);
    const runtime = await openRuntime({ config, logger: openLogger(config), clock: systemClock, places });
    try {
      return await work(runtime);
    } finally {
      await runtime.close();
    }
  });
}
