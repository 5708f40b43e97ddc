import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
type Violation = { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] };
type Axe = { run(context: unknown, options: unknown): Promise<{ violations: Violation[] }> };

/**
 * What axe has against the page as it stands: one line for each, empty when it is clean.
 * @param rules these alone; all unless given
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Through the debugger, for the page's own policy lets no foreign script in.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const options = { resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: rules }) };
  const { violations } = await page.evaluate(
    (asked) => (globalThis as unknown as { axe: Axe }).axe.run(document, asked),
    options,
  );
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${impact ?? ""}): ${html} ${failureSummary ?? ""}`),
  );
}
