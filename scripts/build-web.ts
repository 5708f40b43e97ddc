// Builds web/dist when the sources of the web application or the contracts changed since the last build.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = join(import.meta.dirname, "..");
const dist = join(root, "web/dist");
const stamp = join(dist, ".sources-hash");

const sources = [
  "web/src/**/*",
  "web/public/**/*",
  "web/index.html",
  "web/*.ts",
  "web/package.json",
  "contracts/src/**/*",
  "package-lock.json",
];

function hashOfSources(): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: root }).toSorted();
  for (const file of files) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(file).update("\0").update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** Compressed once here rather than on every request. */
function compress(): void {
  for (const file of globSync("**/*.{js,css,html,svg,json,mjs,wasm}", { cwd: dist })) {
    const content = readFileSync(join(dist, file));
    if (content.length < 1024) continue;
    writeFileSync(
      join(dist, `${file}.br`),
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    );
    writeFileSync(join(dist, `${file}.gz`), gzipSync(content, { level: 9 }));
  }
}

const hash = hashOfSources();
if (!existsSync(join(root, "web/index.html"))) process.exit(0);
if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) process.exit(0);
console.log("Building the web application (after each change of it) ...");
const vite = join(root, "node_modules/vite/bin/vite.js");
const run = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
  cwd: join(root, "web"),
  stdio: "inherit",
});
if (run.status !== 0) process.exit(run.status ?? 1);
compress();
writeFileSync(stamp, hash);
