import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, people, signIn } from "../browser/people.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const heading = (page: Page, name: string): Locator => page.getByRole("heading", { name });

test("a part of a page that cannot be fetched says so in its place, and is tried again", async () => {
  const page = await signIn(browser, people.manager);
  await page.context().route("**/home-details*.js", (route) => route.abort());
  await page.goto("/");
  await page.getByText("The rest of your figures could not be loaded").waitFor();
  await page.getByText("Waiting for your approval").waitFor();
  await page.context().unroute("**/home-details*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(page, "Approvals").waitFor();
});

test("a page that was never fetched needs the network; the frame stays, and it comes when the network is back", async () => {
  const page = await signIn(browser, people.manager);
  await page.context().route("**/goals-page*.js", (route) => route.abort());
  await page.goto("/");
  await heading(page, "Approvals").waitFor();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Goals", exact: true }).click();
  await heading(page, "Needs the network").waitFor();
  await page.getByText("Offline.", { exact: true }).waitFor();
  expect(await page.getByText("Live", { exact: true }).count()).toBe(0);
  await page.getByRole("link", { name: "Home", exact: true }).waitFor();

  await page.context().unroute("**/goals-page*.js");
  await page.context().setOffline(false);
  await heading(page, "Goals").first().waitFor();
});
