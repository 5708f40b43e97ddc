import type { Runtime } from "../runtime.ts";
import { demoAccounts, demoOrganization, demoPassword } from "./cast.ts";
import { fillDemo, type Progress } from "./fill-demo.ts";

/** Prints who can sign in, and fills the demo organization where it is not there yet. Never throws. */
export async function showDemo(runtime: Runtime): Promise<void> {
  console.log(demoIntroduction());
  try {
    const isNew = await fillDemo(runtime, terminalProgress());
    if (isNew) console.log(`\nThe demo organization is complete.\n`);
  } catch (error) {
    runtime.logger.error(
      { err: error },
      "the demo organization could not be completed; the next start goes on with it",
    );
  }
}

/** Who can sign in, and how. */
export function demoIntroduction(): string {
  const lines = demoAccounts.map(({ role, email }) => `  ${role.padEnd(9)}${email}`);
  return [`Demo organization ${demoOrganization}, password ${demoPassword}:`, ...lines, ""].join("\n");
}

/** A line that is rewritten on a terminal; elsewhere one line per tenth. */
export function terminalProgress(): Progress {
  let last = -1;
  return (what, done, all) => {
    const tenth = Math.floor((done / all) * 10);
    if (process.stdout.isTTY) process.stdout.write(`\r  Filling the demo organization: ${what} ${done} of ${all}  `);
    else if (tenth !== last && what === "history") console.log(`Filling the demo organization: ${tenth * 10} %`);
    last = tenth;
  };
}
