import type { Page } from "playwright-core";
import type { PersonName } from "./people.ts";

/** A screen, and what can lie over it. */
export type Screen = {
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

/** The demo has none. */
async function newContact(page: Page): Promise<void> {
  await page.goto("/contacts?new=true");
  await page.getByLabel("First name").fill("Ruth");
  await page.getByLabel("Last name").fill("Adeyemi");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/contacts/"));
}

/** From the statement, a month back. */
async function lastMonthsClose(page: Page): Promise<void> {
  await page.goto("/commissions");
  await settled(page);
  await page.getByRole("link", { name: "Close month" }).click();
  await page.getByRole("button", { name: /previous month/i }).click();
}

export const screens: readonly Screen[] = [
  { name: "Home of a rep", who: "rep", at: "/" },
  { name: "Home of a manager", who: "manager", at: "/" },
  { name: "Home of a verifier", who: "verifier", at: "/" },
  {
    name: "Pipeline board",
    who: "rep",
    at: "/pipeline",
    opens: { "new opportunity": press(/new opportunity/i) },
  },
  { name: "Pipeline table", who: "rep", at: "/pipeline?as=table" },
  { name: "Pipeline analysis", who: "manager", at: "/analysis", opens: { "rows of a figure": press(/^entered/i) } },
  { name: "Pipeline of a past day", who: "rep", at: "/pipeline?asOf=2026-11-02" },
  {
    name: "Pipelines",
    who: "manager",
    at: "/pipelines",
    opens: { rules: press(/asks for/i), "new pipeline": press(/new pipeline/i) },
  },
  {
    name: "Opportunity",
    who: "rep",
    at: (page) => firstLink(page, "/pipeline", "/opportunities/"),
    opens: { "log a call": press(/log a call/i), products: press(/edit products/i) },
  },
  {
    name: "Customers",
    who: "rep",
    at: "/customers",
    opens: { "new customer": press(/new customer/i), "new filter": press("Filter"), columns: press("Columns") },
  },
  {
    name: "Customer",
    who: "rep",
    at: (page) => firstLink(page, "/customers", "/customers/"),
    opens: { "log a call": press(/log a call/i) },
  },
  { name: "Contacts", who: "rep", at: "/contacts", opens: { "new contact": press(/new contact/i) } },
  {
    name: "Products",
    who: "manager",
    at: "/products",
    opens: { "new product": press(/new product/i) },
  },
  { name: "Contact", who: "rep", at: newContact },
  { name: "Deals", who: "rep", at: "/deals", opens: { "record payment": press(/record payment/i) } },
  { name: "Payments", who: "rep", at: "/deals?show=payments" },
  { name: "Deal", who: "rep", at: (page) => firstLink(page, "/deals", "/deals/") },
  { name: "Invoices", who: "admin", at: "/invoices", opens: { "new invoice": press(/new invoice/i) } },
  { name: "Invoice", who: "admin", at: (page) => firstLink(page, "/invoices", "/invoices/") },
  { name: "Verification", who: "verifier", at: "/verification" },
  { name: "Commission statement", who: "rep", at: "/commissions" },
  { name: "Commission plans", who: "admin", at: "/plans" },
  { name: "Commission plan", who: "admin", at: (page) => firstLink(page, "/plans", "/plans/") },
  { name: "Own commission plan", who: "rep", at: "/my-plan" },
  { name: "Disputes", who: "rep", at: "/disputes" },
  { name: "Disputes to answer", who: "admin", at: "/disputes" },
  { name: "Close of a month", who: "admin", at: lastMonthsClose },
  {
    name: "Revenue",
    who: "manager",
    at: "/revenue",
    opens: { payments: press(/show the payments/i) },
  },
  { name: "Revenue by person", who: "manager", at: "/revenue?show=people" },
  { name: "Commission of people", who: "admin", at: "/revenue?show=commission" },
  { name: "Goals", who: "manager", at: "/goals" },
  { name: "Projects", who: "manager", at: "/projects", opens: { "new project": press(/new project/i) } },
  { name: "Imports", who: "admin", at: "/imports" },
  { name: "New import", who: "admin", at: "/imports/new" },
  { name: "Duplicates", who: "rep", at: "/duplicates" },
  { name: "Trash", who: "rep", at: "/trash" },
  {
    name: "Users and teams",
    who: "admin",
    at: "/users",
    opens: { invite: press(/invite/i) },
  },
  {
    name: "Roles",
    who: "admin",
    at: "/roles",
    opens: {
      "new role": async (page) => void (await page.goto("/roles?open=new")),
      preview: async (page) => void (await page.goto("/roles?open=preview")),
    },
  },
  { name: "Audit log", who: "admin", at: "/audit-log" },
  { name: "Fields", who: "admin", at: "/fields", opens: { "a new one": press(/new field/i) } },
  { name: "Settings", who: "admin", at: "/settings" },
  { name: "My settings", who: "rep", at: "/my-settings" },
  { name: "Nothing there", who: "rep", at: "/no-such-page" },
];

/** The page has its title and nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector("main h1, main h2, [role=dialog]") !== null &&
      document.querySelector("main [aria-busy=true], [role=dialog] [aria-busy=true]") === null,
  );
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(done))));
}

export async function visit(page: Page, { at }: Screen): Promise<void> {
  if (typeof at === "string") await page.goto(at);
  else await at(page);
  await settled(page);
}
