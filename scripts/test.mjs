// npm test: everything. Static checks, unit and API tests on a real PostgreSQL, journeys in a real browser; installs
// what it needs. Closes with "N passed, N failed". Words after it narrow the tests: npm test -- payments
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, requireNode20, root } from "./bootstrap.mjs";
import { checkSteps } from "./check-steps.mjs";
import { runScript, runSteps, tool } from "./steps.mjs";

requireNode20();
install();
const filters = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
const reports = mkdtempSync(join(tmpdir(), "rainmaker-reports-"));

if (filters.length === 0) add(await runSteps(checkSteps));
await runTests("unit", "web", "api");
await runScript([join(root, "scripts/build-web.ts")], { show: true });
await runTests("journeys");
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

async function runTests(...projects) {
  const file = join(reports, `${projects.join("-")}.json`);
  const chosen = projects.flatMap((name) => ["--project", name]);
  const report = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  console.log(`\n${projects.join(", ")}:`);
  await runScript([tool("vitest/vitest.mjs"), "run", "--passWithNoTests", ...chosen, ...report, ...filters], {
    show: true,
  });
  add(countsIn(file));
}

/** A file that could not even be loaded counts as a failure, and so does a test that was left out. */
function countsIn(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    const leftOut = report.numPendingTests + report.numTodoTests;
    return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length + leftOut };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
