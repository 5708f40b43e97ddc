import type { Browser, Download, Page } from "playwright-core";
import { addMonths, monthOf } from "@rainmaker/contracts/time";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { remote, type Calling } from "../../server/test/calling.ts";
import { makeDeal, makeMember, makeOrganization, makeTeam, type Person } from "../../server/test/make.ts";
import { openBrowser, signIn } from "../browser/people.ts";
import { proof } from "../browser/proof.ts";

const today = new Date().toISOString().slice(0, 10);
const month = addMonths(monthOf(today), -1);
const usd = (amount: string) => ({ amount, currency: "USD" });

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function save(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return textOf(download);
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("latin1");
}

type Company = { readonly rep: Person; readonly manager: Person; readonly verifier: Person; readonly finance: Person };

/** An organization of its own, whose rep is from today on a plan with 5 % to 10,000 and 10 % above it; before, 6 %. */
async function openCompany(app: Calling): Promise<Company> {
  const organization = await makeOrganization(app);
  const team = await makeTeam(app, organization);
  const rep = await makeMember(app, organization, ["sales_rep"], team.id, { firstName: "Rita", lastName: "Rowe" });
  const manager = await makeMember(app, organization, ["manager"], team.id);
  const verifier = await makeMember(app, organization, ["verifier"]);
  const finance = await makeMember(app, organization, ["finance"]);
  const as = async (person: Person, method: "POST" | "PUT", path: string, body: object): Promise<any> => {
    const reply = await app.call(method, path, { token: person.token, body });
    expect(reply.status, reply.text).toBeLessThan(300);
    return reply.body;
  };
  const plan = await as(finance, "POST", "/plans", { name: "Accelerator" });
  const component = {
    kind: "rate",
    name: "Commission",
    credit: "revenue",
    tiers: [
      { from: "0", rate: "0.05" },
      { from: "10000.00", rate: "0.1" },
    ],
    mode: "marginal",
    basis: "amount",
    boundary: "lower_inclusive",
    threshold: null,
    zeroQuota: "base_rate_only",
    cap: null,
    bonuses: [],
    rounding: "half_up",
  };
  const draft = { terms: { currency: "USD", components: [component] }, startsOn: today };
  await as(finance, "PUT", `/plans/${plan.id}/draft`, { ...draft, seenVersion: plan.versions[0].version });
  const sent = await as(finance, "POST", `/plans/${plan.id}/submit`, {});
  await as(organization.admin, "POST", `/plans/${plan.id}/approve`, { seenVersion: sent.versions[0].version });
  await as(finance, "POST", `/plans/${plan.id}/people`, { memberId: rep.id, from: today });
  return { rep, manager, verifier, finance };
}

async function record(rep: Page, amount: string, receivedOn = today): Promise<void> {
  await rep
    .getByRole("button", { name: /Record payment/ })
    .first()
    .click();
  const sheet = rep.getByRole("dialog", { name: "Record a payment" });
  await sheet.locator("input[type=file]").setInputFiles(proof());
  await sheet.getByLabel("Amount").fill(amount);
  await sheet.getByRole("textbox", { name: "Received on" }).fill(receivedOn);
  await sheet.getByRole("button", { name: /^Submit|^Send/ }).click();
  await sheet.waitFor({ state: "hidden" });
}

test("money of a month: two parts, one sent back, verified, invoiced, paid by the tier that was crossed, disputed, corrected, locked and paid out; a refund counts in the next month", async () => {
  const app = remote(inject("baseUrl"));
  const company = await openCompany(app);
  const deal = await makeDeal(app, company, { title: "Harbour cranes", amount: usd("20000.00") });
  const [rep, manager, verifier, finance] = await Promise.all(
    [company.rep, company.manager, company.verifier, company.finance].map(({ email, password }) =>
      signIn(browser, email, {}, password),
    ),
  );
  if (!rep || !manager || !verifier || !finance) throw new Error("somebody is missing");

  // Money of last month, and two parts of this month's.
  await rep.goto(`/deals/${deal.id}`);
  await record(rep, "1000", `${month}-15`);
  await record(rep, "8000");
  await record(rep, "6000");

  // The verifier takes two, and sends one back.
  await verifier.goto("/verification");
  const queue = verifier.getByRole("region", { name: "Queue" });
  const approve = async (amount: string): Promise<void> => {
    await queue.getByRole("button", { name: amount }).click();
    await verifier.getByRole("button", { name: "Approve" }).click();
    await verifier
      .getByText(/PAY-\d+ (is )?verified/)
      .first()
      .waitFor();
    await queue.getByRole("button", { name: amount }).waitFor({ state: "hidden" });
  };
  await approve("$1,000 PAY");
  await approve("$8,000 PAY");
  await queue.getByRole("button", { name: "$6,000 PAY" }).click();
  await verifier.getByRole("button", { name: "Reject" }).click();
  await verifier.getByText("Cannot be read").click();
  await verifier.getByRole("button", { name: "Send back" }).click();
  await queue.getByRole("button", { name: "$6,000 PAY" }).waitFor({ state: "hidden" });
  // The rep attaches another proof, and the second attempt is taken.
  await rep
    .getByRole("row", { name: /PAY-3 .* Fix proof/ })
    .getByRole("button", { name: "PAY-3" })
    .click();
  const fixing = rep.getByRole("dialog");
  await fixing.locator("input[type=file]").waitFor({ state: "attached" });
  await fixing.locator("input[type=file]").setInputFiles(proof());
  await fixing.getByRole("button", { name: "Remove receipt.png" }).waitFor();
  await fixing.getByRole("button", { name: "Send to verify" }).click();
  await fixing.waitFor({ state: "hidden" });
  await approve("$6,000 PAY");

  // Each part has its receipt, as the same PDF for everybody.
  await finance.goto("/invoices");
  const receipts = finance.getByRole("table", { name: "Invoices" });
  await receipts.getByRole("row", { name: /\$6,000.00/ }).waitFor();
  await receipts.getByRole("link", { name: /INV-\d+-0001/ }).click();
  const pdf = await save(finance, () => finance.getByRole("button", { name: /PDF/ }).click());
  expect(pdf.slice(0, 5)).toBe("%PDF-");

  // 8,000 at 5 %, 2,000 at 5 % and 4,000 at 10 %: the line says so.
  await rep.goto("/commissions");
  await rep.getByRole("row", { name: /PAY-3/ }).click();
  await rep.getByText("Plan Accelerator, version 1, 5%").waitFor();
  const why = rep.getByRole("region", { name: "Why $500.00" });
  await why.getByText("10% on 4,000.00").waitFor();
  await why.getByText("5% on 2,000.00").waitFor();

  // The rep disputes it, and finance corrects it by a line of its own.
  await rep.getByRole("button", { name: "Dispute line" }).click();
  const dispute = rep.getByRole("dialog", { name: "Dispute line" });
  await dispute.getByRole("textbox", { name: /It should have earned/ }).fill("550");
  await dispute.getByRole("textbox", { name: /Why/ }).fill("The bonus for cranes is missing");
  await dispute.getByRole("button", { name: "Open dispute" }).click();
  await dispute.waitFor({ state: "hidden" });
  await finance.goto("/disputes");
  await finance.getByRole("textbox", { name: "Reason" }).fill("The plan pays it; here it is");
  await finance.getByRole("button", { name: "Accept +50.00" }).click();
  await finance.getByText("0 open").waitFor();
  await rep.goto("/commissions");
  await rep.getByText("$950.00").first().waitFor();

  // Last month is closed: issued by finance, approved by the manager, locked, and its file is for payroll.
  await finance.goto("/commissions");
  await finance.getByRole("link", { name: "Close month" }).click();
  await finance.getByRole("button", { name: /previous month/i }).click();
  await finance.getByText("Recalculated: equal to the cent").waitFor();
  await finance.getByRole("button", { name: /^Close / }).click();
  await finance.getByText("1 statement to approve").first().waitFor();
  await manager.goto(new URL(finance.url()).pathname);
  await manager.getByRole("button", { name: "Approve the statement of Rita Rowe" }).click();
  await finance
    .getByRole("button", { name: /^Lock / })
    .and(finance.locator(":enabled"))
    .click();
  const payroll = finance.getByRole("button", { name: "Payroll file" });
  await payroll.waitFor();
  expect(await save(finance, () => payroll.click())).toMatch(/Rita.*60\.00/);

  // A refund of last month's money counts in this month, and names the month it takes from.
  await finance.goto(`/deals/${deal.id}`);
  await finance.getByRole("button", { name: "PAY-1" }).click();
  const payment = finance.getByRole("dialog", { name: "PAY-1" });
  await payment.getByRole("button", { name: "Record a refund" }).click();
  await payment.getByLabel("Amount").fill("500");
  await payment.getByLabel("Why").fill("A crane went back");
  await payment.getByRole("button", { name: "Record it" }).click();
  await payment.locator("input[type=file]").setInputFiles(proof());
  await payment.getByText("In review").waitFor();
  await verifier.goto("/verification");
  await verifier.getByRole("region", { name: "Went back, to verify" }).getByRole("link", { name: "PAY-1" }).click();
  await verifier.getByRole("button", { name: "Verify refund" }).click();
  await verifier.getByText("Refund verified").first().waitFor();
  await rep.goto("/commissions");
  const taken = rep.getByRole("row", { name: /PAY-1/ });
  await taken.waitFor();
  expect(await taken.innerText()).toContain("30.00");
  await rep.getByText("$920.00").first().waitFor();
  await taken.click();
  await rep
    .getByRole("complementary", { name: "Explanation" })
    .getByText(/A crane went back/)
    .first()
    .waitFor();
}, 180_000);
