import { existsSync } from "node:fs";
import { ConfigError, readConfig } from "#platform/config";
import { StartError } from "#platform/embedded-postgres";
import { CommandError, type Command } from "./cli/command.ts";
import { ApiRefusal } from "./in-process-api.ts";

/** Each command is loaded when it is called. */
const commands: Record<string, { readonly about: string; readonly load: () => Promise<{ readonly run: Command }> }> = {
  migrate: { about: "Bring the database up to date", load: () => import("./cli/migrate.ts") },
  demo: { about: "Make the demo organization, or go on where it stopped", load: () => import("./cli/demo.ts") },
  import: {
    about: "Import a CSV file: import FILE --as EMAIL [--entity customer|opportunity] [--currency USD] [--open-deals]",
    load: () => import("./cli/import.ts"),
  },
  "super-admin": {
    about: "Make an account that runs the installation: super-admin EMAIL; prints its password",
    load: () => import("./cli/super-admin.ts"),
  },
  rebuild: {
    about: "Empty the projections and read the whole event log again",
    load: () => import("./cli/rebuild.ts"),
  },
  plans: {
    about: "Try a commission plan on cases of your own: plans evaluate FILE",
    load: () => import("./cli/plans.ts"),
  },
  ledger: {
    about: "Calculate every commission anew and compare: ledger verify",
    load: () => import("./cli/ledger.ts"),
  },
  audit: { about: "Recompute the hash chain of every organization's audit log", load: () => import("./cli/audit.ts") },
};

function help(): string {
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(13)}${about}`);
  return ["Usage: npm run -s cli -- COMMAND", "", ...lines].join("\n");
}

async function main([name = "", ...rest]: string[]): Promise<void> {
  const command = commands[name];
  if (command === undefined) {
    if (name !== "" && name !== "help" && name !== "--help")
      throw new CommandError(`There is no command "${name}".\n\n${help()}`);
    console.log(help());
    return;
  }
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { run } = await command.load();
  await run(readConfig(process.env, []), rest);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    const expected = [CommandError, ConfigError, StartError, ApiRefusal].some((kind) => error instanceof kind);
    console.error(expected ? (error as Error).message : error);
    process.exit(1);
  },
);
