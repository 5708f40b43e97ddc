import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openContext } from "../browser/people.ts";

const maven = join(import.meta.dirname, "../../server/test/corpora/maven-crm/sales_pipeline.csv");

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await (await openContext(browser)).newPage();
});
afterAll(() => browser.close());

/** Figures of the result by their names. */
async function figures(): Promise<Record<string, string>> {
  const terms = page.getByRole("main").locator("dl").first();
  const names = await terms.locator("dt").allInnerTexts();
  const values = await terms.locator("dd").allInnerTexts();
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}

test("a new organization brings 8,800 opportunities from another system, and takes them back", async () => {
  await page.goto("/register");
  await page.getByLabel("Organisation").fill("Maven");
  await page.getByLabel("First name").fill("Mara");
  await page.getByLabel("Last name").fill("Venn");
  await page.getByLabel("Work email").fill(`mara-${Date.now()}@test.example`);
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("link", { name: "Imports" }).click();
  await page
    .getByRole("main")
    .getByRole("link", { name: /^Import a file/ })
    .click();

  await page.getByRole("group", { name: "What the file has" }).getByText("Opportunities").click();
  await page.locator("input[type=file]").setInputFiles(maven);
  await page.getByText("8 of 8 matched").waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Currency of the amounts").waitFor();
  await page.getByRole("button", { name: "Check the file" }).click();
  const go = page.getByRole("button", { name: "Import 8,800 rows" });
  await go.waitFor();
  expect(await figures()).toMatchObject({ Read: "8,800", "Would be created": "8,800", "Not imported": "0" });

  await go.click();
  const undo = page.getByRole("button", { name: "Undo 8,800 rows" });
  await undo.waitFor();
  expect(await figures()).toEqual({
    Read: "8,800",
    Created: "8,800",
    Updated: "0",
    "As they were": "0",
    "Not imported": "0",
  });

  await page.goto("/customers");
  await page.getByText("85 customers").waitFor();

  await page.goBack();
  await undo.click();
  await page.getByText("This import was undone").waitFor();
  await page.goto("/pipeline");
  await page.getByText(/All open\s*0/).waitFor();
});
