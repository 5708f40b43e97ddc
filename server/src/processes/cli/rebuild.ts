import { rebuildProjection } from "#platform/sequencer";
import type { Command } from "./command.ts";
import { allOrganizations } from "./organizations.ts";
import { withRuntime } from "./with-runtime.ts";

export const run: Command = (config) =>
  withRuntime(config, async ({ workplace, modules, clock }) => {
    const projections = modules.flatMap((module) => module.projections ?? []);
    for (const id of await allOrganizations(workplace)) {
      for (const projection of projections) {
        await rebuildProjection(workplace, projection, id, clock());
        console.log(`${projection.name} of ${id}: rebuilt`);
      }
    }
  });
