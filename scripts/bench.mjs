// npm run bench: measures the product beside the same SQL bare; prints tables. Takes some minutes.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { childEnv, fail, install, requireNode20, root, runtimeNode } from "./bootstrap.mjs";

requireNode20();
install();
for (const script of ["scripts/build-web.ts", "server/bench/main.ts"]) {
  const { status } = spawnSync(runtimeNode(), [join(root, script)], { cwd: root, stdio: "inherit", env: childEnv() });
  if (status !== 0) fail(`${script} failed; the lines above say why.`);
}
