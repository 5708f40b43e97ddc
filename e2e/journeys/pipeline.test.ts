import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { openBrowser, people, signIn } from "../browser/people.ts";

let browser: Browser;
let rep: Page;
let manager: Page;
beforeAll(async () => {
  browser = await openBrowser();
  [rep, manager] = await Promise.all([signIn(browser, people.rep), signIn(browser, people.manager)]);
});
afterAll(() => browser.close());

const column = (page: Page, stage: string): Locator => page.getByRole("region", { name: new RegExp(`^${stage},`) });
const card = (within: Locator | Page, title: string): Locator => within.getByRole("article", { name: title });

async function openBoards(...pages: readonly Page[]): Promise<void> {
  await Promise.all(
    pages.map(async (page) => {
      await page.goto("/pipeline");
      await column(page, "Qualified").getByRole("article").first().waitFor();
    }),
  );
}

/** A new opportunity in the first column, made by keyboard alone. */
async function open(title: string): Promise<void> {
  await rep.keyboard.press("n");
  await rep.getByRole("dialog", { name: "New opportunity" }).waitFor();
  await rep.keyboard.type(title);
  await rep.keyboard.press("Control+Enter");
  await card(column(rep, "Qualified"), title).waitFor();
}

const titled = (): string => `Keyboard ${crypto.randomUUID().slice(0, 8)}`;

test("a card is opened, moved and put back by keyboard, and a colleague's board follows", async () => {
  const title = titled();
  await openBoards(rep, manager);
  await open(title);
  await card(column(manager, "Qualified"), title).waitFor();

  await card(rep, title).getByRole("link").focus();
  await rep.keyboard.press("Shift+ArrowRight");
  await card(column(rep, "Discovery"), title).waitFor();
  await card(column(manager, "Discovery"), title).waitFor();

  await rep.keyboard.press("z");
  await card(column(rep, "Qualified"), title).waitFor();
  await card(column(manager, "Qualified"), title).waitFor();
});

test("a lifted card is carried by arrows and dropped by Enter; Escape puts it back", async () => {
  const title = titled();
  await openBoards(rep);
  await open(title);
  await card(rep, title).getByRole("link").focus();
  await rep.keyboard.press("Space");
  await rep.keyboard.press("ArrowRight");
  await rep.keyboard.press("ArrowRight");
  await rep.keyboard.press("Escape");
  await card(column(rep, "Qualified"), title).waitFor();

  await card(rep, title).getByRole("link").focus();
  await rep.keyboard.press("Space");
  await rep.keyboard.press("ArrowRight");
  await rep.keyboard.press("ArrowRight");
  await rep.keyboard.press("Enter");
  await card(column(rep, "Proposal"), title).waitFor();
  await rep.reload();
  await card(column(rep, "Proposal"), title).waitFor();
});

test("of two people who move one card, the second is told where it is now", async () => {
  const title = titled();
  await openBoards(rep, manager);
  await open(title);
  await card(column(manager, "Qualified"), title).waitFor();
  // The manager's screen hears nothing of the rep's moves before they move it themselves.
  await manager.context().setOffline(true);
  for (const stage of ["Discovery", "Proposal"]) {
    await card(rep, title).getByRole("link").focus();
    await rep.keyboard.press("Shift+ArrowRight");
    await card(column(rep, stage), title).waitFor();
    await rep
      .getByText(new RegExp(`moved to ${stage}`))
      .first()
      .waitFor();
  }
  await manager.route("**/api/v1/pipelines/**", (route) => route.abort());
  await manager.context().setOffline(false);
  await card(manager, title).getByRole("link").focus();
  await manager.keyboard.press("Shift+ArrowRight");
  await manager
    .getByText(/moved .*to Proposal/)
    .first()
    .waitFor();
  await manager.unrouteAll();
  await manager.reload();
  await card(column(manager, "Proposal"), title).waitFor();
});

test("without network what is on the screen stays, and a change says why it cannot be made", async () => {
  const title = titled();
  await openBoards(rep);
  await open(title);
  await rep.context().setOffline(true);
  await rep.getByText("Offline.").waitFor();
  await card(rep, title).getByRole("link").focus();
  await rep.keyboard.press("Shift+ArrowRight");
  await rep.getByText(`${title} was not moved`).first().waitFor();
  await card(column(rep, "Qualified"), title).waitFor();
  await rep.context().setOffline(false);
  await rep.getByText("Back online.").waitFor();
  await card(rep, title).getByRole("link").focus();
  await rep.keyboard.press("Shift+ArrowRight");
  await card(column(rep, "Discovery"), title).waitFor();
});
