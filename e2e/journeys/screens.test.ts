import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { axeViolations } from "../browser/axe.ts";
import { openBrowser, openContext, people, signIn, type PersonName } from "../browser/people.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Screen = {
  readonly name: string;
  readonly who: PersonName;
  /** Where it is; or how somebody gets there from Home. */
  readonly at: string | ((page: Page) => Promise<void>);
  /** Opens what lies over it. */
  readonly opens?: Readonly<Record<string, (page: Page) => Promise<void>>>;
};

const press =
  (name: string | RegExp) =>
  async (page: Page): Promise<void> =>
    page.getByRole("main").getByRole("button", { name }).first().click();

async function firstLink(page: Page, path: string, prefix: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  const href = await page.locator(`main a[href^="${prefix}"]`).first().getAttribute("href");
  await page.goto(href ?? "no such record");
}

const screens: readonly Screen[] = [
  { name: "Home of a rep", who: "rep", at: "/" },
  { name: "Home of a manager", who: "manager", at: "/" },
  { name: "Home of a verifier", who: "verifier", at: "/" },
  {
    name: "Pipeline board",
    who: "rep",
    at: "/pipeline",
    opens: { "new opportunity": press(/new opportunity/i) },
  },
  { name: "Pipeline table", who: "rep", at: "/pipeline?show=table" },
  { name: "Opportunity", who: "rep", at: (page) => firstLink(page, "/pipeline", "/opportunities/") },
  { name: "Customers", who: "rep", at: "/customers", opens: { "new customer": press(/new customer/i) } },
  { name: "Customer", who: "rep", at: (page) => firstLink(page, "/customers", "/customers/") },
  { name: "Deals", who: "rep", at: "/deals", opens: { "record payment": press(/record payment/i) } },
  { name: "Payments", who: "rep", at: "/deals?show=payments" },
  { name: "Deal", who: "rep", at: (page) => firstLink(page, "/deals", "/deals/") },
  { name: "Verification", who: "verifier", at: "/verification" },
  { name: "Commission statement", who: "rep", at: "/commissions", opens: { why: press(/why/i) } },
  { name: "Goals", who: "manager", at: "/goals" },
  { name: "Imports", who: "admin", at: "/imports" },
  { name: "New import", who: "admin", at: "/imports/new" },
  { name: "Trash", who: "rep", at: "/trash" },
  {
    name: "Users and teams",
    who: "admin",
    at: "/users",
    opens: { invite: press(/invite/i) },
  },
  { name: "Audit log", who: "admin", at: "/audit-log" },
  { name: "Settings", who: "admin", at: "/settings" },
  { name: "My settings", who: "rep", at: "/my-settings" },
  { name: "Nothing there", who: "rep", at: "/no-such-page" },
];

const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

/** Nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("main").waitFor();
  await page.waitForFunction(() => document.querySelector("main [aria-busy=true]") === null);
  await page.waitForLoadState("networkidle");
}

async function visit(page: Page, { at }: Screen): Promise<void> {
  if (typeof at === "string") await page.goto(at);
  else await at(page);
  await settled(page);
}

async function expectClean(page: Page, screen: string): Promise<void> {
  const found = await axeViolations(page);
  expect(found.map((line) => `${screen}: ${line}`)).toEqual([]);
}

describe.each(themes)("axe has nothing against, in %s colours,", (theme) => {
  const pages = new Map<string, Promise<Page>>();
  const pageOf = (email: string, secret?: string): Promise<Page> => {
    const known = pages.get(email) ?? signIn(browser, email, { theme }, secret);
    pages.set(email, known);
    return known;
  };

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

  const layered = screens.flatMap((screen) =>
    Object.entries(screen.opens ?? {}).map(([layer, open]) => ({ name: screen.name, layer, open, screen })),
  );
  test.each(layered)("$name, with $layer open", async ({ screen, layer, open }) => {
    const page = await pageOf(people[screen.who]);
    await visit(page, screen);
    await open(page);
    await page.getByRole("dialog").waitFor();
    await settled(page);
    await expectClean(page, `${screen.name}, ${layer}`);
    await page.keyboard.press("Escape");
  });

  const direct = screens.filter(({ at, name }) => typeof at === "string" && name !== "Nothing there");
  test.each(direct)("$name, with nothing in it", async (screen) => {
    const page = await pageOf(await newcomer(theme), "correct horse battery");
    await visit(page, screen);
    await expectClean(page, `${screen.name}, empty`);
  });

  test.each(direct)("$name, when the server fails", async (screen) => {
    const page = await pageOf(people[screen.who]);
    await page.route("**/api/v1/**", (route) =>
      route.request().url().includes("/auth/")
        ? route.continue()
        : route.fulfill({
            status: 500,
            contentType: "application/problem+json",
            body: JSON.stringify({ title: "Something went wrong here", status: 500, code: "internal" }),
          }),
    );
    await page.goto(screen.at as string);
    await page.getByRole("main").waitFor();
    await page.waitForFunction(() => document.querySelector("main [aria-busy=true]") === null);
    await expectClean(page, `${screen.name}, failed`);
    await page.unrouteAll();
  });
});

const newcomers = new Map<Theme, Promise<string>>();

/** Somebody who may do everything, in an organization in which nothing has happened. */
function newcomer(theme: Theme): Promise<string> {
  const known = newcomers.get(theme) ?? register(`newcomer-${theme}-${Date.now()}@test.example`);
  newcomers.set(theme, known);
  return known;
}

async function register(email: string): Promise<string> {
  const base = `${inject("baseUrl")}/api/v1`;
  const secret = "correct horse battery";
  const names = { organizationName: "Newcomer", firstName: "Nora", lastName: "New" };
  const reply = await post(`${base}/auth/register`, { ...names, email, password: secret });
  const { accessToken, user } = (await reply.json()) as {
    accessToken: string;
    user: { id: string; version?: number };
  };
  // The first person is admin; they verify and analyse as well.
  await giveRoles(base, accessToken, user.id);
  return email;
}

async function giveRoles(base: string, token: string, memberId: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const member = await fetch(`${base}/members/${memberId}`, { headers });
  const { version } = (await member.json()) as { version: number };
  const changed = await fetch(`${base}/members/${memberId}`, {
    method: "PATCH",
    headers: { ...headers, "content-type": "application/json", "if-match": `"${version}"` },
    body: JSON.stringify({ roles: ["org_admin", "manager", "sales_rep", "verifier"] }),
  });
  if (!changed.ok) throw new Error(await changed.text());
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}
