import { prepareDatabase } from "../database-setup.ts";
import type { Command } from "./command.ts";
import { withDatabase } from "./with-runtime.ts";

export const run: Command = async (config) => {
  const applied = await withDatabase(config, (places) => prepareDatabase(config, places));
  console.log(applied.length === 0 ? "The database is up to date." : `Applied: ${applied.join(", ")}`);
};
