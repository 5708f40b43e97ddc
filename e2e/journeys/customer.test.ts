import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, people, signIn } from "../browser/people.ts";

let browser: Browser;
let rep: Page;
const word = crypto.randomUUID().slice(0, 8);
const customer = `Orchard ${word}`;
const person = `Ruth Adeyemi-${word}`;
/** What somebody did by hand: a key, a click or a field filled each. */
let actions = 0;
let customerUrl: string;
let saleUrl: string;

beforeAll(async () => {
  browser = await openBrowser();
  rep = await signIn(browser, people.rep);
  await rep.goto("/customers?new=true");
  await rep.getByRole("dialog", { name: "New customer" }).waitFor();
  await rep.keyboard.type(customer);
  await rep.keyboard.press("Control+Enter");
  await rep.getByRole("button", { name: "Open", exact: true }).click();
  await rep.getByRole("complementary", { name: "Facts" }).getByRole("button", { name: "Add somebody" }).click();
  await rep.keyboard.type(person);
  await rep.getByRole("option", { name: /Create/ }).click();
  await rep.getByRole("link", { name: person }).waitFor();
  customerUrl = rep.url();
});
afterAll(() => browser.close());
beforeEach(async () => {
  actions = 0;
  await rep.goto(customerUrl);
  await page().getByRole("textbox", { name: "What happened" }).waitFor();
});

async function press(key: string): Promise<void> {
  actions += 1;
  await rep.keyboard.press(key);
}

async function type(text: string): Promise<void> {
  actions += 1;
  await rep.keyboard.type(text);
}

async function click(what: Locator): Promise<void> {
  actions += 1;
  await what.click();
}

const page = (): Locator => rep.getByRole("main");
const logged = (note: string, within: Page = rep): Locator =>
  within.getByRole("region", { name: "Timeline" }).getByRole("listitem").filter({ hasText: note });
const done = (): Promise<void> => rep.getByText("Logged the call").last().waitFor();

test("a call with its follow-up is logged on a customer in three actions, and a colleague sees it without reloading", async () => {
  const manager = await signIn(browser, people.manager);
  await manager.goto(customerUrl);
  await manager.getByRole("form", { name: "Log what happened" }).waitFor();

  await press("l");
  await type("reached Ruth 20 min, wants net 60, follow up +3d");
  await press("Enter");
  await logged("Wants net 60").waitFor();
  expect(actions).toBe(3);

  const told = await logged("Wants net 60", manager).innerText();
  expect(told).toContain(`called ${person}, 20 min, reached`);
  expect(told).toContain("Follow-up");
  await manager.context().close();
});

test("from anywhere a sentence in the palette logs it, in three actions", async () => {
  await rep.goto("/");
  await page().getByRole("heading", { level: 1 }).waitFor();
  await press("Control+k");
  await rep.getByRole("combobox", { name: "Search or jump to" }).waitFor();
  await type(`log call ${customer} no answer, asked for the contract`);
  await rep.getByRole("form", { name: "Log the call" }).getByLabel("About").waitFor();
  await press("Enter");
  await done();
  expect(actions).toBe(3);
  await rep.goto(customerUrl);
  expect(await logged("Asked for the contract").innerText()).toContain("no answer");
});

test("by mouse it takes five: the button, the outcome, the note, the follow-up, Save", async () => {
  await click(page().getByRole("button", { name: "Log a call" }));
  await click(page().getByRole("button", { name: "Left a message" }));
  await page().getByRole("textbox", { name: "What happened" }).focus();
  await type("Back on Monday");
  await click(page().getByRole("button", { name: "+1 d", exact: true }));
  await click(page().getByRole("button", { name: "Save", exact: true }));
  await logged("Back on Monday").waitFor();
  expect(actions).toBe(5);
  expect(await logged("Back on Monday").innerText()).toContain("left a message");
});

test("Z takes a call back", async () => {
  await press("l");
  await type("reached, typed by mistake");
  await press("Enter");
  await done();
  await logged("Typed by mistake").waitFor();
  await press("z");
  await logged("Typed by mistake").waitFor({ state: "detached" });
  await rep.reload();
  await logged("Wants net 60").waitFor();
  expect(await logged("Typed by mistake").count()).toBe(0);
});

test("what is being written outlives a reload", async () => {
  await press("l");
  await type("half a sentence");
  await rep.reload();
  const line = page().getByRole("textbox", { name: "What happened" });
  await line.waitFor();
  expect(await line.inputValue()).toBe("half a sentence");
  await line.fill("");
});

test("without network a call waits, and is sent once when the network is back", async () => {
  await rep.context().setOffline(true);
  await rep.getByText("Offline.").waitFor();
  await press("l");
  await type("reached, on a train");
  await press("Enter");
  await rep.getByText("Waiting", { exact: true }).waitFor();
  await rep.context().setOffline(false);
  await logged("On a train").waitFor();
  await rep.getByText("Waiting", { exact: true }).waitFor({ state: "detached" });
  await rep.reload();
  await logged("On a train").waitFor();
  expect(await logged("On a train").count()).toBe(1);
});

test("a sale names its people with their roles, and a call on it names them", async () => {
  await page().getByRole("link", { name: "New opportunity" }).click();
  await rep.getByRole("dialog", { name: "New opportunity" }).waitFor();
  await rep.keyboard.type("Rows and rows");
  await rep.keyboard.press("Control+Enter");
  await rep.getByRole("button", { name: "Open", exact: true }).click();
  await rep.waitForURL((url) => url.pathname.startsWith("/opportunities/"));
  saleUrl = rep.url();
  await page()
    .getByRole("button", { name: `Add ${person}` })
    .click();
  await page().getByLabel(`Role of ${person}`).selectOption("Champion");
  const line = page().getByRole("region", { name: "Timeline" });
  await line.getByText("changed the people").first().waitFor();

  await press("l");
  await type("reached Ruth, likes it");
  await press("Enter");
  expect(await logged("Likes it").innerText()).toContain(`called ${person}, reached`);
});

test("lines with prices add up to the value, and everybody who looks sees it", async () => {
  const admin = await signIn(browser, people.admin);
  await Promise.all([admin.goto(saleUrl), rep.goto(saleUrl)]);
  await admin.getByRole("button", { name: "Edit products" }).click();
  const sheet = admin.getByRole("dialog", { name: "Products and prices" });
  await sheet.getByRole("button", { name: /^Product/ }).click();
  await admin.keyboard.type(`Tracker ${word}`);
  await admin.getByRole("option", { name: /Create/ }).click();
  await sheet.getByRole("button", { name: new RegExp(`Tracker ${word}`) }).waitFor();
  await sheet.getByLabel("Quantity").fill("3");
  await sheet.getByLabel(/^Unit price/).fill("180.50");
  await sheet.getByLabel("Discount").fill("10");
  await sheet.getByText("Sum $487.35").waitFor();
  await admin.keyboard.press("Control+Enter");
  await sheet.waitFor({ state: "detached" });
  await page().getByText("Value, the sum of the lines").waitFor();
  await page()
    .getByText(/the value to \$487\.35/)
    .waitFor();
  await admin.context().close();
});
