// npm start: installs what is missing, builds the web application when its sources changed, and runs the server.
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { childEnv, fail, install, requireNode20, root, runtimeNode } from "./bootstrap.mjs";

requireNode20();
install();
const node = runtimeNode();
const isWorkerOnly = process.argv.some((argument) => argument.startsWith("--roles=") && !argument.includes("api"));
if (!isWorkerOnly) {
  const build = spawnSync(node, [join(root, "scripts/build-web.ts")], { cwd: root, stdio: "inherit", env: childEnv() });
  if (build.status !== 0) fail("The web application could not be built; the lines above say why.");
}
const server = spawn(node, [join(root, "server/src/processes/start.ts"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: process.send === undefined ? "inherit" : ["inherit", "inherit", "inherit", "ipc"],
  env: childEnv(),
});
if (process.send !== undefined) server.on("message", (message) => process.send(message));
// A terminal sends Ctrl-C to the whole group; sent again it does no harm, the server stops once.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
