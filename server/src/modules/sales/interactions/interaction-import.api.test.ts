import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { untilIdle } from "../../../../test/generated/calls-of-records.ts";
import {
  makeContact,
  makeCustomer,
  makeMember,
  makeOpportunity,
  makeOrganization,
  type MadeOrganization,
  type Person,
} from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;
let maya: Person;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
  maya = await makeMember(app, acme, ["sales_rep"], undefined, { firstName: "Maya", lastName: "Okafor" });
});
afterAll(() => app.close());

const call = (person: Person, method: "GET" | "POST" | "PUT", path: string, body?: unknown) =>
  app.call(method, path, { token: person.token, body });

async function imported(person: Person, content: string, options: Record<string, unknown> = {}): Promise<any> {
  const made = await app.upload("/imports", person.token, { name: "log.csv", content }, { entity: "interaction" });
  expect(made.status, made.text).toBe(201);
  const { id, mapping } = made.body;
  const mapped = { ...mapping, options: { ...mapping.options, ...options } };
  await call(person, "PUT", `/imports/${id}/mapping`, mapped);
  const dry = await call(person, "POST", `/imports/${id}/preview`);
  await call(person, "POST", `/imports/${id}/run`);
  await untilIdle(app, person);
  const errors = await call(person, "GET", `/imports/${id}/errors.csv`);
  return { ...(await call(person, "GET", `/imports/${id}`)).body, dryCounts: dry.body.counts, errorText: errors.text };
}
const logged = async (person: Person, query: string): Promise<any[]> =>
  (await call(person, "GET", `/interactions?limit=200&${query}`)).body.items;

describe("importing interactions", () => {
  test("each with customer, sale, contact, author and outcome, and they stand on the timeline", async () => {
    const customer = await makeCustomer(app, maya, { name: "Kestrel" });
    const sale = await makeOpportunity(app, maya, { customerId: customer.id });
    const ruth = await makeContact(app, maya, { emails: [{ email: "ruth@kestrel.example" }] });
    const ended = await imported(
      acme.admin,
      "Activity type,Date,Subject,Notes,Call outcome,Duration,Account name,Contact email,Deal,Assigned to\n" +
        "Call,2026-11-02,Budget,Approved,Connected,1:15,Kestrel,ruth@kestrel.example,,Maya Okafor\n" +
        `Meeting,2026-11-03,,Demo at their site,Scheduled,,,,${sale.number},Maya Okafor\n` +
        "E-mail,2026-11-04,Re: terms,,Left voicemail,,kestrel,,,\n",
    );
    expect(ended).toMatchObject({ status: "finished", counts: { read: 3, created: 3, failed: 0 } });
    expect(ended.dryCounts).toEqual(ended.counts);
    const [mail, meeting, first] = await logged(acme.admin, `customerId=${customer.id}`);
    expect(mail).toMatchObject({ kind: "mail", outcome: null, author: { id: acme.admin.id }, owner: { id: maya.id } });
    expect(meeting).toMatchObject({
      kind: "meeting",
      subject: "Demo at their site",
      outcome: "held",
      opportunity: { id: sale.id },
      author: { id: maya.id },
    });
    expect(first).toMatchObject({
      kind: "call",
      subject: "Budget",
      outcome: "reached",
      minutes: 75,
      contacts: [{ id: ruth.id }],
      isBackdated: true,
    });
    expect(first.occurredAt.slice(0, 10)).toBe("2026-11-02");
    const timeline = await call(maya, "GET", `/customers/${customer.id}/timeline?kind=call`);
    expect(timeline.body.items).toMatchObject([{ interaction: { id: first.id } }]);
  });

  test("a file of calls needs no column for the kind; a contact may be named, and two of one name are an error", async () => {
    const customer = await makeCustomer(app, maya, { name: "Redfern" });
    const ruth = await makeContact(app, maya, { firstName: "Ruth", lastName: "Only" });
    for (const lastName of ["Twice", "Twice"]) await makeContact(app, maya, { firstName: "Sam", lastName });
    const ended = await imported(
      maya,
      "Call Title,Activity date,Call outcome,Associated Company,Associated Contact\n" +
        "Hello,2026-11-02,Connected,Redfern,Ruth Only\n" +
        "Hello,2026-11-02,Connected,Redfern,Sam Twice\n",
    );
    expect(ended.counts).toMatchObject({ created: 1, failed: 1 });
    expect(ended.errorText).toMatch(/contact_ambiguous.*CON-\d+ Sam Twice, CON-\d+ Sam Twice/);
    expect(await logged(maya, `customerId=${customer.id}`)).toMatchObject([
      { kind: "call", outcome: "reached", contacts: [{ id: ruth.id }] },
    ]);
  });

  test("rows that cannot be are named and kept out, the others go on", async () => {
    await makeCustomer(app, maya, { name: "Brightwater" });
    const foreign = await makeOpportunity(app, acme.admin);
    const ended = await imported(
      maya,
      "type,date,account,email,deal,minutes,author\n" +
        "call,2026-11-02,Brightwater,,,5,\n" +
        "fax,2026-11-02,Brightwater,,,,\n" +
        "call,,Brightwater,,,,\n" +
        "call,2026-11-20,Brightwater,,,,\n" +
        "call,2026-11-02,,,,,\n" +
        "call,2026-11-02,Brightwater,,,soon,\n" +
        "call,2026-11-02,,nobody@x.example,,,\n" +
        `call,2026-11-02,,,${foreign.number},,\n` +
        `call,2026-11-02,Brightwater,,,,${acme.admin.session.user.firstName} ${acme.admin.session.user.lastName}\n`,
    );
    expect(ended.counts).toMatchObject({ read: 9, created: 1, failed: 8 });
    for (const code of [
      "kind_unknown",
      "in_future",
      "required",
      "not_minutes",
      "contact_unknown",
      "opportunity_unknown",
      "owner_beyond_reach",
    ]) {
      expect(ended.errorText).toContain(code);
    }
  });

  test("by external id: the same file again skips, or updates what it says; undo takes back what it made", async () => {
    const customer = await makeCustomer(app, maya, { name: "Calder Rail" });
    const file = (text: string) =>
      `id,type,date,account,subject,notes\nA-1,call,2026-11-02,Calder Rail,Hello,${text}\n`;
    const { id } = await imported(maya, file("First"));
    expect((await imported(maya, file("Second"))).counts).toMatchObject({ created: 0, skipped: 1 });
    expect((await imported(maya, file("Third"), { onDuplicate: "update" })).counts).toMatchObject({ updated: 1 });
    const about = `customerId=${customer.id}`;
    expect(await logged(maya, about)).toMatchObject([{ externalId: "A-1", body: "Third", version: 2 }]);
    // Changed since the first import made it: it stays.
    await call(maya, "POST", `/imports/${id}/undo`);
    await untilIdle(app, maya);
    expect(await logged(maya, about)).toHaveLength(1);
    const other = await imported(maya, file("New").replace("A-1", "A-2"));
    await call(maya, "POST", `/imports/${other.id}/undo`);
    await untilIdle(app, maya);
    expect((await logged(maya, about)).map(({ externalId }) => externalId)).toEqual(["A-1"]);
  });
});
