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

/**
 * Visits every screen in a theme: with data, with a sheet over it, with nothing in it, and when the server fails.
 * @param rules of axe; what does not depend on colours is the same in both themes and asked in one
 */
export function checkScreens(theme: "light" | "dark", rules?: readonly string[]): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  const pages = new Map<string, Promise<Page>>();
  const pageOf = (email: string, password?: string): Promise<Page> => {
    const known = pages.get(email) ?? signIn(browser, email, { theme }, password);
    pages.set(email, known);
    return known;
  };
  const expectClean = async (page: Page, screen: string): Promise<void> => {
    const found = await axeViolations(page, rules);
    expect(found.map((line) => `${screen}: ${line}`)).toEqual([]);
  };

  describe(`axe has nothing against, in ${theme} colours,`, () => {
    test.each(["/sign-in", "/register"])("%s", async (path) => {
      const context = await openContext(browser, { theme });
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

    test.each(direct)("$name, with nothing in it", async (screen) => {
      const page = await pageOf(await newcomer(), secret);
      await visit(page, screen);
      await expectClean(page, `${screen.name}, empty`);
    });

    test.each(direct)("$name, when the server fails", async (screen) => {
      const page = await pageOf(people[screen.who]);
      await failReads(page);
      await page.goto(screen.at);
      await page.getByRole("main").waitFor();
      await page.waitForFunction(() => document.querySelector("main [aria-busy=true]") === null);
      await expectClean(page, `${screen.name}, failed`);
      await page.unrouteAll();
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
