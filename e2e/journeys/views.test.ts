import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, people, signIn } from "../browser/people.ts";

let browser: Browser;
let manager: Page;
const word = crypto.randomUUID().slice(0, 8);
const names = [`Alder ${word}`, `Birch ${word}`, `Cedar ${word}`];

beforeAll(async () => {
  browser = await openBrowser();
  manager = await signIn(browser, people.manager);
  for (const name of names) {
    await manager.goto("/customers?new=true");
    await manager.getByRole("dialog", { name: "New customer" }).waitFor();
    await manager.keyboard.type(name);
    await manager.keyboard.press("Control+Enter");
    await manager.getByText(`Added ${name}`).waitFor();
  }
});
afterAll(() => browser.close());

const rows = (): Locator => manager.getByRole("table", { name: "Customers" }).getByRole("link");
const chip = (): Locator => manager.getByRole("button", { name: new RegExp(`^Name contains ${word}`) });

test("a filter becomes a view that has an address, and chosen rows are tagged and put back without the mouse", async () => {
  await manager.goto("/customers");
  await rows().first().waitFor();
  await manager.keyboard.press("f");
  await manager.getByLabel("Value", { exact: true }).fill(word);
  await manager.keyboard.press("Enter");
  await chip().waitFor();
  await expect.poll(() => rows().allInnerTexts()).toEqual(names);

  await manager.getByRole("button", { name: "Save as a new view" }).click();
  await manager.getByLabel("Name", { exact: true }).fill(`Of ${word}`);
  await manager.keyboard.press("Enter");
  await manager.getByRole("tab", { name: `Of ${word}`, selected: true }).waitFor();
  await manager.reload();
  await chip().waitFor();
  await expect.poll(() => rows().allInnerTexts()).toEqual(names);

  await manager.getByRole("button", { name: "Columns", exact: true }).click();
  await manager.getByRole("checkbox", { name: "Tags" }).check();
  await manager.keyboard.press("Escape");
  await manager.getByText("1 change to this view").waitFor();

  for (const key of ["j", "x", "Shift+J"]) await manager.keyboard.press(key);
  await manager.getByText("2 selected").waitFor();
  await manager.keyboard.press("t");
  await manager.getByRole("textbox", { name: "Tag", exact: true }).fill("Cold chain");
  await manager.keyboard.press("Enter");
  await manager.getByText("Changed 2 customers").waitFor();
  const tagged = manager.getByRole("row").filter({ hasText: "Cold chain" });
  await expect.poll(() => tagged.count()).toBe(2);

  await manager.keyboard.press("z");
  await manager.getByText("Put back 2 customers").waitFor();
  await expect.poll(() => tagged.count()).toBe(0);
});
