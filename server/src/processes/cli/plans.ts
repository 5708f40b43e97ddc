import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CaseFileError, evaluatePlanCases } from "#modules/revenue";
import { CommandError, readArguments, type Command } from "./command.ts";

/** plans evaluate FILE: what a plan pays on cases of one's own. Needs no database. */
export const run: Command = (_config, args) => {
  const [verb, file] = readArguments(args, {}).positionals;
  if (verb !== "evaluate" || file === undefined) throw new CommandError("Give a file of cases: plans evaluate FILE");
  // npm runs scripts in the project; the path is meant from where the person stands.
  const results = evaluated(read(resolve(process.env["INIT_CWD"] ?? process.cwd(), file)));
  console.log(JSON.stringify(results, null, 2));
  return Promise.resolve();
};

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function evaluated(text: string): ReturnType<typeof evaluatePlanCases> {
  try {
    return evaluatePlanCases(text);
  } catch (error) {
    if (error instanceof CaseFileError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
