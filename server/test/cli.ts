import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const cliFile = join(import.meta.dirname, "../src/processes/cli.ts");

export type CliOutcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command as an operator at a terminal does, with these settings and nothing of the environment of the tests. */
export function runCli(args: readonly string[], env: Record<string, string> = {}): Promise<CliOutcome> {
  const options = {
    // Where no .env lies.
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"], LOG_LEVEL: "error", ...env },
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [cliFile, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
