import { replayAllPeriods, type LedgerDifference } from "#modules/revenue";
import { inRead, systemCaller } from "#platform/tenant";
import { CommandError, readArguments, type Command } from "./command.ts";
import { allOrganizations } from "./organizations.ts";
import { withRuntime } from "./with-runtime.ts";

/** ledger verify: calculates every commission anew from what was verified and compares it with what is posted. */
export const run: Command = (config, args) => {
  const [verb] = readArguments(args, {}).positionals;
  if (verb !== "verify") throw new CommandError("There is one thing to do with the ledger: ledger verify");
  return withRuntime(config, async ({ workplace, clock }) => {
    let broken = 0;
    for (const id of await allOrganizations(workplace)) {
      const caller = await systemCaller(workplace, id, clock());
      const { postings, difference } = await inRead(workplace, caller, "snapshot", replayAllPeriods);
      const outcome = difference === null ? `${postings} postings, as calculated` : sentenceOf(difference);
      console.log(`${caller.organization.name} (${id}): ${outcome}`);
      if (difference !== null) broken += 1;
    }
    if (broken > 0) throw new CommandError(`${broken} ledgers do not follow from their verified payments.`);
  });
};

function sentenceOf({ payment, participant, month, what, expected, posted }: LedgerDifference): string {
  const where = [payment, participant, month].filter((part) => part !== null).join(", ");
  return `${where}: ${what} expected ${expected.amount} ${expected.currency}, posted ${posted.amount} ${posted.currency}`;
}
