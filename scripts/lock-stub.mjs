// Adds to package-lock.json what npm leaves out and then misses: optional packages of other platforms that the registry
// in use could not serve. Without them `npm ci` refuses its own lock. Run after every change of dependencies;
// with --check it only says whether the lock is complete and free of addresses.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), "package-lock.json");
const text = readFileSync(file, "utf8");
const lock = JSON.parse(text);

const systems = {
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  openharmony: "openharmony",
  win32: "win32",
  windows: "win32",
  win: "win32",
  wasi: "wasi",
  wasm32: "wasi",
  aix: "aix",
  sunos: "sunos",
  openbsd: "openbsd",
  netbsd: "netbsd",
};
const processors = {
  arm: "arm",
  arm64: "arm64",
  x64: "x64",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  loong64: "loong64",
  mips64el: "mips64el",
  wasm32: "wasm32",
};

/** Where Node would find a dependency of the package at `path`: beside it, or in a folder above. */
function resolves(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const candidate = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[candidate] !== undefined) return true;
    if (folder === "" || !folder.includes("/node_modules/")) return packages[`node_modules/${name}`] !== undefined;
  }
}

/** Operating system and processor, as the package's name says them. */
function platformOf(name) {
  const words = name.toLowerCase().split(/[/-]/);
  const os = words.map((word) => systems[word]).find((found) => found !== undefined);
  const cpu = words.map((word) => processors[word]).find((found) => found !== undefined);
  return { ...(os === undefined ? {} : { os: [os] }), ...(cpu === undefined ? {} : { cpu: [cpu] }) };
}

function withStubs({ packages, ...rest }) {
  const added = [];
  const complete = { ...packages };
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(complete, path, name)) continue;
      complete[`node_modules/${name}`] = {
        version,
        ...(entry.dev === true ? { dev: true } : {}),
        optional: true,
        ...platformOf(name),
      };
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.fromEntries(Object.entries(complete).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { lock: { ...rest, packages: sorted }, added };
}

const { lock: complete, added } = withStubs(lock);
if (process.argv.includes("--check")) {
  if (added.length > 0) {
    console.error(`package-lock.json lacks ${added.length} optional packages of other platforms. Run: npm run lock`);
    process.exitCode = 1;
  }
  if (/"resolved": *"https?:/.test(text)) {
    console.error("package-lock.json names addresses of a registry; .npmrc leaves them out: npm install again.");
    process.exitCode = 1;
  }
} else if (added.length > 0) {
  writeFileSync(file, `${JSON.stringify(complete, null, 2)}\n`);
  console.log(`Added ${added.length} optional packages of other platforms to package-lock.json`);
}
