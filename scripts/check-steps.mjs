// What can be said about the code without running it.
import { join } from "node:path";
import { root } from "./bootstrap.mjs";
import { tool } from "./steps.mjs";

const code = ["contracts", "server", "web", "e2e", "scripts"];

export const checkSteps = [
  { name: "schema matches the migrations", args: [join(root, "scripts/generate-schema.ts"), "--check"] },
  { name: "lint and fences", args: [tool("oxlint/bin/oxlint"), "--type-aware", "-f", "unix", ...code] },
  { name: "types", args: [tool("typescript/bin/tsc"), "-p", "."] },
  { name: "format", args: [tool("oxfmt/bin/oxfmt"), "--check", ...code] },
  { name: "nothing unused", args: [tool("knip/bin/knip.js"), "--no-progress"] },
  { name: "lock is complete", args: [join(root, "scripts/lock-stub.mjs"), "--check"] },
];
