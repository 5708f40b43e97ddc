import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { axeViolations } from "./axe.ts";
import { openBrowser, openContext, people, signIn } from "./people.ts";
import { screens, settled, visit } from "./screens.ts";

const secret = "correct horse battery";
const direct = screens.flatMap(({ at, ...rest }) => (typeof at === "string" ? [{ ...rest, at }] : []));
const layered = screens.flatMap((screen) =>
  Object.entries(screen.opens ?? {}).map(([layer, open]) => ({ name: screen.name, layer, open, screen })),
);

/** What depends on colours; the rest is the same in both themes and asked in one. */
const colourRules = ["color-contrast", "link-in-text-block"];

async function expectClean(page: Page, screen: string): Promise<void> {
  const light = await axeViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForFunction(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const dark = await axeViolations(page, colourRules);
  await page.emulateMedia({ colorScheme: "light" });
  expect([
    ...light.map((line) => `${screen}, light: ${line}`),
    ...dark.map((line) => `${screen}, dark: ${line}`),
  ]).toEqual([]);
}

type Visitors = {
  browser(): Browser;
  /** The machine of somebody, signed in. */
  pageOf(email: string, password?: string): Promise<Page>;
};

function openVisitors(): Visitors {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  const pages = new Map<string, Promise<Page>>();
  return {
    browser: () => browser,
    pageOf(email, password) {
      const known = pages.get(email) ?? signIn(browser, email, {}, password);
      pages.set(email, known);
      return known;
    },
  };
}

/** Visits every screen with data, and with what can lie over it, in both themes. */
export function checkFilledScreens(): void {
  const { browser, pageOf } = openVisitors();
  describe("axe has nothing against, in light and dark,", () => {
    test.each(["/sign-in", "/register"])("%s", async (path) => {
      const context = await openContext(browser());
      const page = await context.newPage();
      await page.goto(path);
      await page.getByRole("main").waitFor();
      await expectClean(page, path);
      await page.getByRole("main").getByRole("button").last().click();
      await expectClean(page, `${path} with faults`);
      await context.close();
    });

    test.each(screens)("$name, with data", async (screen) => {
      const page = await pageOf(people[screen.who]);
      await visit(page, screen);
      await expectClean(page, screen.name);
    });

    test.each(layered)("$name, with $layer open", async ({ screen, layer, open }) => {
      const page = await pageOf(people[screen.who]);
      await visit(page, screen);
      await open(page);
      await settled(page);
      await expectClean(page, `${screen.name}, ${layer}`);
      await page.keyboard.press("Escape");
    });
  });
}

/** Visits every screen with nothing in it, and when the server fails, in both themes. */
export function checkBareScreens(): void {
  const { pageOf } = openVisitors();
  describe("axe has nothing against, in light and dark,", () => {
    test.each(direct)("$name, with nothing in it", async (screen) => {
      const page = await pageOf(await newcomer(), secret);
      await visit(page, screen);
      await expectClean(page, `${screen.name}, empty`);
    });

    // Side by side, for each spends most of its time between one attempt and the next.
    test.concurrent.each(direct)("$name, when the server fails", async (screen) => {
      const page = await (await pageOf(people[screen.who])).context().newPage();
      await failReads(page);
      await page.goto(screen.at);
      await settled(page);
      await expectClean(page, `${screen.name}, failed`);
      await page.close();
    });
  });
}

async function failReads(page: Page): Promise<void> {
  await page.route("**/api/v1/**", (route) =>
    route.request().url().includes("/auth/")
      ? route.continue()
      : route.fulfill({
          status: 500,
          contentType: "application/problem+json",
          body: JSON.stringify({ title: "Something went wrong here", status: 500, code: "internal" }),
        }),
  );
}

let registered: Promise<string> | undefined;

/** Somebody who may do everything, in an organization in which nothing has happened. */
function newcomer(): Promise<string> {
  registered ??= register(`newcomer-${crypto.randomUUID()}@test.example`);
  return registered;
}

async function register(email: string): Promise<string> {
  const names = { organizationName: "Newcomer", firstName: "Nora", lastName: "New" };
  const { accessToken, user } = await ask("POST", "/auth/register", {}, { ...names, email, password: secret });
  const authorization = `Bearer ${accessToken}`;
  // The first person is admin; they sell, lead and verify as well.
  const { items } = await ask("GET", "/members", { authorization });
  const { version } = items.find(({ id }: { id: string }) => id === user.id);
  const roles = ["org_admin", "manager", "sales_rep", "verifier"];
  await ask("PATCH", `/members/${user.id}`, { authorization, "if-match": `"${version}"` }, { roles });
  return email;
}

async function ask(method: string, path: string, headers: Record<string, string>, body?: object): Promise<any> {
  const reply = await fetch(`${inject("baseUrl")}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${await reply.text()}`);
  return reply.json();
}
