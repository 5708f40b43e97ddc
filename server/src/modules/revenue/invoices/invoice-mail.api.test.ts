import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { startMailServer, type MailServer } from "../../../../test/mail-server.ts";
import {
  auditOf,
  makeCrew,
  makeDeal,
  makeOrganization,
  type Crew,
  type MadeOrganization,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let crew: Crew;
let mail: MailServer;

beforeAll(async () => {
  mail = await startMailServer();
  app = await openApp({ SMTP_URL: mail.url, MAIL_FROM: "Acme billing <billing@acme.example>" });
  acme = await makeOrganization(app, "Acme");
  crew = await makeCrew(app, acme);
});
afterAll(async () => {
  await app.close();
  await mail.stop();
});

const post = (path: string, body: unknown) => app.call("POST", path, { token: acme.admin.token, body });

async function issued(): Promise<{ id: string; number: string }> {
  const deal = await makeDeal(app, crew);
  const draft = (await post("/invoices", { dealId: deal.id })).body;
  return (await post(`/invoices/${draft.id}/issue`, { seenVersion: 1 })).body;
}

async function deliveryOf(id: string): Promise<any> {
  return vi.waitFor(
    async () => {
      const { body } = await app.call("GET", `/invoices/${id}`, { token: acme.admin.token });
      expect(body.deliveries[0].status).not.toBe("queued");
      return body.deliveries[0];
    },
    { timeout: 10_000, interval: 20 },
  );
}

describe("POST /invoices/{id}/deliveries", () => {
  test("202 sends the PDF to each recipient once, under an id of its own", async () => {
    const { id, number } = await issued();
    const recipients = ["accounts@volta.example", "ACCOUNTS@volta.example", "boss@volta.example"];
    const reply = await post(`/invoices/${id}/deliveries`, { recipients, message: "Thank you for your order" });
    expect(reply.status).toBe(202);
    expect(await deliveryOf(id)).toMatchObject({ status: "sent", failure: null, requestedBy: { id: acme.admin.id } });
    expect(mail.received).toHaveLength(1);
    const [sent] = mail.received;
    expect(sent?.to).toEqual(["accounts@volta.example", "boss@volta.example"]);
    expect(sent?.raw).toContain(`Subject: Invoice ${number} from Acme`);
    expect(sent?.raw).toContain("From: Acme billing <billing@acme.example>");
    expect(sent?.raw).toContain("Thank you for your order");
    const attached = /filename=.*\.pdf\s+([\s\S]+?)\r\n-/.exec(sent?.raw ?? "")?.[1] ?? "";
    const pdf = await app.call("GET", `/invoices/${id}/pdf`, { token: acme.admin.token });
    expect(Buffer.from(attached.split("\r\n\r\n").at(-1) ?? "", "base64").toString("utf8")).toBe(pdf.text);
    const [entry] = await auditOf(app, acme.admin, "type=invoice.delivered");
    expect(entry).toMatchObject({ label: number, facts: { recipients: sent?.to } });
  });

  test("what the mail server refuses for good is told, and not tried again", async () => {
    const { id } = await issued();
    await post(`/invoices/${id}/deliveries`, { recipients: ["gone@volta.example"] });
    const { status, failure } = await deliveryOf(id);
    expect(status).toBe("failed");
    expect(failure).toContain("No such mailbox");
  });

  test("409 for a draft, 422 for what is no address", async () => {
    const deal = await makeDeal(app, crew);
    const draft = (await post("/invoices", { dealId: deal.id })).body;
    expect((await post(`/invoices/${draft.id}/deliveries`, { recipients: ["a@b.example"] })).status).toBe(409);
    expect((await post(`/invoices/${draft.id}/deliveries`, { recipients: ["nobody"] })).status).toBe(422);
  });
});
