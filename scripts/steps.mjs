// Runs commands of the project's own packages side by side, and says what each came to.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { childEnv, root, runtimeNode } from "./bootstrap.mjs";

/** Path of a tool's script in the packages. */
export function tool(path) {
  return join(root, "node_modules", path);
}

/** Runs a script under the project's Node. Its output is shown at once, or kept and returned. */
export function runScript(args, { show = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(runtimeNode(), args, {
      cwd: root,
      env: { ...childEnv(), ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) stream.setEncoding("utf8").on("data", (text) => (output += text));
    }
    child.on("error", (error) => resolve({ ok: false, output: String(error) }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** Runs steps, two at a time, and prints a line for each. @returns how many passed and failed */
export async function runSteps(steps) {
  const counts = { passed: 0, failed: 0 };
  let next = 0;
  const runNext = async () => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) {
      const started = Date.now();
      const { ok, output } = await runScript(step.args);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${ok ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
      if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, "       "));
      counts[ok ? "passed" : "failed"] += 1;
    }
  };
  await Promise.all([runNext(), runNext()]);
  return counts;
}
