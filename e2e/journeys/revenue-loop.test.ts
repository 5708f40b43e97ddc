import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, people, signIn } from "../browser/people.ts";
import { proof } from "../browser/proof.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Commission of the month as the rep's Home says it. */
async function accruing(page: Page): Promise<number> {
  const text = await page.getByRole("paragraph").filter({ hasText: "accruing" }).innerText();
  return Number(/[\d,.]+/.exec(text)?.[0].replaceAll(",", ""));
}

test("a sale goes from a file to commission that explains itself, and moves other people's screens", async () => {
  const customer = `Journey Freight ${crypto.randomUUID().slice(0, 6)}`;
  const [rep, manager, verifier] = await Promise.all([
    signIn(browser, people.rep),
    signIn(browser, people.manager),
    signIn(browser, people.verifier),
  ]);
  const watching = await rep.context().newPage();
  await watching.goto("/");
  const earnedBefore = await accruing(watching);

  // The rep imports the opportunity.
  await rep.goto("/imports/new?entity=opportunity");
  const csv = `opportunity_id,sales_agent,account,deal_stage,close_value\n${customer},Maya Okafor,${customer},Negotiation,20000\n`;
  await rep
    .locator("input[type=file]")
    .setInputFiles({ name: "one.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await rep.getByText("5 of 5 matched").waitFor();
  await rep.getByRole("button", { name: "Continue" }).click();
  await rep.getByRole("button", { name: "Check the file" }).click();
  await rep.getByRole("button", { name: "Import 1 row", exact: false }).click();
  await rep.getByText("Undo this import").waitFor();

  // It stands on the board; the rep wins it and says what winning needs.
  await rep.goto("/pipeline");
  await rep
    .getByRole("link", { name: new RegExp(customer) })
    .first()
    .click();
  await rep.waitForURL(/\/opportunities\//);
  await rep.getByRole("heading", { name: "Facts" }).waitFor();
  await rep.keyboard.press("s");
  await rep.getByRole("menuitem", { name: "Won" }).click();
  await rep
    .getByRole("group", { name: "Won" })
    .getByRole("button", { name: /won|win/i })
    .click();
  await rep.getByRole("link", { name: "Open the deal" }).click();
  await rep.getByRole("button", { name: "Submit for approval" }).click();
  await rep.getByText("It waits for a manager to approve it").waitFor();
  const dealUrl = new URL(rep.url()).pathname;

  // The manager, who has no stake in it, approves.
  await manager.goto(dealUrl);
  await manager.getByRole("button", { name: "Approve" }).waitFor();
  await manager.keyboard.press("a");
  await manager.getByText("Amount and credits are frozen.").waitFor();

  // The rep's screen follows without a reload; a first part of the money is recorded with its proof.
  await rep
    .getByRole("button", { name: /Record payment/ })
    .first()
    .click();
  const sheet = rep.getByRole("dialog", { name: "Record a payment" });
  await sheet.locator("input[type=file]").setInputFiles(proof());
  await sheet.getByLabel("Amount").fill("5000");
  await sheet.getByRole("button", { name: /^Submit|^Send/ }).click();
  await sheet.waitFor({ state: "hidden" });
  await rep.getByText("In review").first().waitFor();

  // The manager goes on with other things; the team's standing is on their screen.
  await manager.goto("/");
  const standing = manager.getByRole("row", { name: /Maya Okafor/ });
  const standingBefore = await standing.innerText();

  // The verifier sees proof and facts side by side and decides with one key.
  await verifier.goto("/verification");
  await verifier.getByRole("region", { name: "Queue" }).getByText(customer).click();
  await verifier.getByRole("button", { name: "Approve" }).waitFor();
  await verifier.waitForFunction(() =>
    [...document.querySelectorAll("button")].some(
      ({ innerText, ariaDisabled, disabled }) => innerText.includes("Approve") && !disabled && ariaDisabled !== "true",
    ),
  );
  await verifier.keyboard.press("a");
  await verifier
    .getByText(/PAY-\d+ (is )?verified/)
    .first()
    .waitFor();

  // 6 % of 5,000 stand on the rep's Home, which was open all the time.
  await expect.poll(() => accruing(watching), { timeout: 15_000 }).toBe(earnedBefore + 300);
  await watching
    .getByRole("paragraph")
    .filter({ hasText: `+$300.00 ${customer}` })
    .waitFor();

  await expect.poll(() => standing.innerText(), { timeout: 15_000 }).not.toBe(standingBefore);

  // And the statement says why.
  await rep.goto("/commissions");
  await rep
    .getByRole("row", { name: new RegExp(customer) })
    .first()
    .click();
  const why = rep.getByRole("complementary").last();
  await why.getByText("Payment verified").waitFor();
  const steps = await why.innerText();
  expect(steps).toContain("× 100%");
  expect(steps).toContain("× 6%");
  expect(steps).toContain("300.00");
  expect(steps).toContain("Priya Natarajan");
});
