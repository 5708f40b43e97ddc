import { verifyAuditLog } from "#modules/organization";
import { inRead, systemCaller } from "#platform/tenant";
import { CommandError, type Command } from "./command.ts";
import { allOrganizations } from "./organizations.ts";
import { withRuntime } from "./with-runtime.ts";

export const run: Command = (config) =>
  withRuntime(config, async ({ workplace, clock }) => {
    let broken = 0;
    for (const id of await allOrganizations(workplace)) {
      const caller = await systemCaller(workplace, id, clock());
      const { entries, firstBadSeq } = await inRead(workplace, caller, "statement", verifyAuditLog);
      const name = `${caller.organization.name} (${id})`;
      console.log(
        firstBadSeq === null ? `${name}: ${entries} entries, sound` : `${name}: broken at entry ${firstBadSeq}`,
      );
      if (firstBadSeq !== null) broken += 1;
    }
    if (broken > 0) throw new CommandError(`${broken} audit logs were changed outside the application.`);
  });
