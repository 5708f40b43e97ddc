// npm run check: format, types, lint with the fences, unused code, generated schema, lock. Nothing is run but tools.
import { install, requireNode20 } from "./bootstrap.mjs";
import { checkSteps } from "./check-steps.mjs";
import { runSteps } from "./steps.mjs";

requireNode20();
install();
const { passed, failed } = await runSteps(checkSteps);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
