import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Config } from "#platform/config";

/** What was asked cannot be done; the message says why and what to do. */
export class CommandError extends Error {}

/** @throws CommandError, ConfigError or StartError with a sentence for the person at the terminal */
export type Command = (config: Config, args: readonly string[]) => Promise<void>;

/** Reads a command's arguments. @throws CommandError naming the one that does not fit */
export function readArguments<T extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new CommandError((error as Error).message, { cause: error });
  }
}
