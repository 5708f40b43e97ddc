import { createSuperAdmin } from "#modules/organization";
import { Refusal } from "#platform/errors";
import { CommandError, readArguments, type Command } from "./command.ts";
import { withRuntime } from "./with-runtime.ts";

export const run: Command = async (config, args) => {
  const [email = ""] = readArguments(args, {}).positionals;
  const address = email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new CommandError("Give an e-mail address: super-admin EMAIL");
  try {
    const password = await withRuntime(config, ({ workplace, clock }) => createSuperAdmin(workplace, address, clock()));
    console.log(`${address} runs this installation now. Password, shown this once:\n\n  ${password}\n`);
  } catch (error) {
    if (error instanceof Refusal) throw new CommandError(error.message, { cause: error });
    throw error;
  }
};
