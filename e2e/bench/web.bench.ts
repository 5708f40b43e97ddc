import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type Browser, type Page } from "playwright-core";
import { findBrowser } from "../browser/find-browser.ts";
import { remote } from "../../server/test/calling.ts";
import { makeCrew, makeOpportunity, makeOrganization, type Person } from "../../server/test/make.ts";
import { figuresOf } from "../../server/bench/load.ts";
import type { Fact } from "../../server/bench/report.ts";
import type { ServerProcess } from "../../server/bench/server-process.ts";

const password = "correct horse battery";
const changes = 40;
/** Longer than screens put off what follows another change at once. */
const apartMs = 700;

/** What a real browser loads for Home, and how soon a change stands on somebody else's screen. */
export async function measureWeb(server: ServerProcess): Promise<Fact[]> {
  const app = remote(server.url);
  const crew = await makeCrew(app, await makeOrganization(app));
  const opportunity = await makeOpportunity(app, crew.rep, { title: "Change 0" });
  const found = await findBrowser();
  const browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  try {
    const page = await signedIn(browser, server.url, crew.manager);
    return [...(await homeSizes(browser, server.url, crew.rep)), ...(await liveness(page, app, crew.rep, opportunity))];
  } finally {
    await browser.close();
  }
}

async function signedIn(browser: Browser, base: string, { email }: Person): Promise<Page> {
  const page = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("Work email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  return page;
}

async function homeSizes(browser: Browser, base: string, rep: Person): Promise<Fact[]> {
  const page = await signedIn(browser, base, rep);
  const scripts: string[] = [];
  let beforeData: number | undefined;
  page.on("request", (sent) => {
    if (sent.resourceType() === "script") scripts.push(sent.url());
  });
  page.on("response", (reply) => {
    if (reply.url().includes("/analytics/dashboard")) beforeData ??= scripts.length;
  });
  await page.goto(base, { waitUntil: "networkidle" });
  await pause(3000);
  const sizes = await Promise.all(scripts.map(zippedBytes));
  const kilobytes = (some: readonly number[]): string => `${(some.reduce((a, b) => a + b, 0) / 1000).toFixed(0)} kB`;
  return [
    ["JavaScript before the first data of Home, gzip", kilobytes(sizes.slice(0, beforeData))],
    ["JavaScript of the whole Home, gzip", kilobytes(sizes)],
  ];
}

function zippedBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { "accept-encoding": "gzip" } }, (reply) => {
      let bytes = 0;
      reply.on("data", (chunk: Buffer) => (bytes += chunk.length));
      reply.on("end", () => resolve(bytes));
    });
    sent.on("error", reject).end();
  });
}

/** From sending a change to its standing on the screen of somebody else's board; the write itself is part of it. */
async function liveness(
  page: Page,
  app: ReturnType<typeof remote>,
  rep: Person,
  made: { readonly id: string; readonly version: number },
): Promise<Fact[]> {
  await page.goto(`${new URL(page.url()).origin}/pipeline`);
  await page.getByText("Change 0").first().waitFor();
  // The socket connects when the page is idle.
  await pause(3000);
  const times: number[] = [];
  let { version } = made;
  for (let n = 1; n <= changes; n += 1) {
    const shown = page.evaluate(seenAt, `Change ${n}`);
    await pause(apartMs);
    const sent = Date.now();
    const reply = await app.call("PATCH", `/opportunities/${made.id}`, {
      token: rep.token,
      headers: { "if-match": `"${version}"` },
      body: { title: `Change ${n}` },
    });
    if (reply.status !== 200) throw new Error(reply.text);
    version = reply.body.version;
    times.push((await shown) - sent);
  }
  const { p50, p95 } = figuresOf(times, 1);
  return [["a change until another browser shows it", `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`]];
}

/** Runs in the page. @returns when the text stood on the screen */
function seenAt(text: string): Promise<number> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.innerText.includes(text)) return;
      observer.disconnect();
      resolve(Date.now());
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}
