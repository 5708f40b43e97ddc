import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "#platform/embedded-postgres";

/**
 * One server per data folder: a second one would share the embedded database and stop it under the first.
 * @returns gives the folder back
 * @throws StartError while another server lives in it
 */
export function lockDataFolder(dataDir: string): () => void {
  const file = lockFile(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    const holder = livingHolderOf(file);
    if (holder !== undefined) {
      throw new StartError(
        `Rainmaker is already running in ${dataDir} (process ${holder}). Stop it first, or set another DATA_DIR and PORT.`,
      );
    }
    writeFileSync(file, String(process.pid));
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC") throw new StartError(`${dataDir} is on a full disk. Free some space and start again.`);
    throw new StartError(
      `The folder ${dataDir} cannot be written (${code ?? String(error)}). Set DATA_DIR to one that can.`,
    );
  }
  return () => rmSync(file, { force: true });
}

/** Whether a server lives in the folder. */
export function isDataFolderInUse(dataDir: string): boolean {
  return livingHolderOf(lockFile(dataDir)) !== undefined;
}

function lockFile(dataDir: string): string {
  return join(dataDir, "server.pid");
}

function livingHolderOf(file: string): number | undefined {
  const holder = holderOf(file);
  return holder !== undefined && holder !== process.pid && isAlive(holder) ? holder : undefined;
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
