import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** A copy of the project's fences around files of its own. */
export type LintTree = {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Runs the linter as the project does. @returns "file: rule" for each report, sorted, each once */
  lint(): string[];
  remove(): void;
};

export function makeLintTree(): LintTree {
  const folder = mkdtempSync(join(tmpdir(), "rainmaker-fences-"));
  for (const file of [".oxlintrc.json", "tsconfig.json", "server/package.json", "web/package.json"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  // Types of react, vitest and node, and the type-aware linter itself.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    write(files) {
      for (const [file, code] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), code);
      }
    },
    lint: () => runLinter(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

type Report = { readonly diagnostics: readonly { readonly code: string; readonly filename: string }[] };

function runLinter(folder: string): string[] {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [oxlint, "--type-aware", "-f", "json", "server", "web", "contracts"],
    { cwd: folder, encoding: "utf8", maxBuffer: 50_000_000 },
  );
  if (!stdout.trimStart().startsWith("{")) throw new Error(`the linter did not report: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as Report;
  return [...new Set(diagnostics.map(({ filename, code }) => `${filename.replaceAll("\\", "/")}: ${code}`))].toSorted();
}
