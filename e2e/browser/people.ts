import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { inject } from "vitest";

/** People of the demo organization. */
export const people = {
  rep: "maya.okafor@halden.example",
  manager: "daniel.reyes@halden.example",
  verifier: "priya.natarajan@halden.example",
  admin: "ingrid.solberg@halden.example",
  analyst: "theo.lang@halden.example",
} as const;
export type PersonName = keyof typeof people;

const password = "demo-rainmaker";

export type Look = {
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
};

/** A browser of its own for a test file; each context in it is somebody's machine. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, args } = inject("browser");
  return chromium.launch({ executablePath, args: [...args] });
}

export async function openContext(
  browser: Browser,
  { theme = "light", width = 1440, height = 900 }: Look = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: inject("baseUrl"),
    viewport: { width, height },
    colorScheme: theme,
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  // Long enough for a busy machine; a screen that lacks something is told before the test's own limit.
  context.setDefaultTimeout(15_000);
  return context;
}

/** Somebody signs in on a machine of their own, through the screen. */
export async function signIn(browser: Browser, email: string, look: Look = {}, secret = password): Promise<Page> {
  const page = await (await openContext(browser, look)).newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Work email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
}
