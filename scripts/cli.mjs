// npm run -s cli -- COMMAND: what an operator does at a terminal; without a command it lists them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { childEnv, install, requireNode20, root, runtimeNode } from "./bootstrap.mjs";

requireNode20();
install();
const run = spawnSync(runtimeNode(), [join(root, "server/src/processes/cli.ts"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: childEnv(),
});
process.exit(run.status ?? 1);
