import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { untilIdle } from "../../../../test/generated/calls-of-records.ts";
import {
  makeContact,
  makeCustomer,
  makeMember,
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
  maya = await makeMember(app, acme, ["sales_rep"]);
});
afterAll(() => app.close());

const call = (person: Person, method: "GET" | "POST" | "PUT", path: string, body?: unknown) =>
  app.call(method, path, { token: person.token, body });

/** Uploads with these options, runs to the end. @returns the import, and its failed rows by code */
async function imported(person: Person, content: string, options: Record<string, unknown> = {}): Promise<any> {
  const made = await app.upload("/imports", person.token, { name: "people.csv", content }, { entity: "contact" });
  expect(made.status, made.text).toBe(201);
  const { id, mapping } = made.body;
  const mapped = { ...mapping, options: { ...mapping.options, ...options } };
  await call(person, "PUT", `/imports/${id}/mapping`, mapped);
  const dry = await call(person, "POST", `/imports/${id}/preview`);
  await call(person, "POST", `/imports/${id}/run`);
  await untilIdle(app, person);
  const errors = await call(person, "GET", `/imports/${id}/errors.csv`);
  return { ...(await call(person, "GET", `/imports/${id}`)).body, dry: dry.body, errorText: errors.text };
}
const contactsOf = async (person: Person, query = ""): Promise<any[]> =>
  (await call(person, "GET", `/contacts?limit=200&${query}`)).body.items;

describe("importing contacts", () => {
  test("each with name, addresses, numbers and customer, which is made where it is new", async () => {
    const { admin } = await makeOrganization(app);
    const kestrel = await makeCustomer(app, admin, { name: "Kestrel Aerospace" });
    const ended = await imported(
      admin,
      "First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,Company name,Record ID,Labels\n" +
        "Ruth,Adeyemi,Ruth@Kestrel.example,+1 918 555 0100,918 555 0199,CFO,kestrel aerospace,77,VIP;north\n" +
        "Marcus,Feld,marcus@new.example,,,,New Works,78,\n",
    );
    expect(ended).toMatchObject({ status: "finished", counts: { read: 2, created: 2, failed: 0 } });
    expect(await contactsOf(admin)).toMatchObject([
      { name: "Marcus Feld", customers: [{ name: "New Works" }] },
      {
        name: "Ruth Adeyemi",
        title: "CFO",
        tags: ["VIP", "north"],
        emails: [{ email: "ruth@kestrel.example" }],
        phones: [
          { phone: "+1 918 555 0100", label: "work" },
          { phone: "918 555 0199", label: "mobile" },
        ],
        customers: [{ id: kestrel.id }],
        externalId: "77",
        owner: { id: admin.id },
      },
    ]);
  });

  test("a full name is taken apart, and an address stands for a name that is missing", async () => {
    const { admin } = await makeOrganization(app);
    await imported(admin, 'Name,Email\nAnna Maria Groß,\n"Feld, Marcus",\n,info@kestrel.example\nCher,\n');
    const names = (await contactsOf(admin)).map(({ firstName, lastName }) => `${firstName}|${lastName}`);
    expect(names.toSorted()).toEqual(["Anna Maria|Groß", "Marcus|Feld", "|Cher", "|info"]);
  });

  test("the same file again creates nothing; with update it fills in what is new and keeps the rest", async () => {
    const { admin } = await makeOrganization(app);
    const file = (title: string) => `First name,Last name,Email,Phone,Title\nRuth,A,ruth@x.example,555 0100,${title}\n`;
    await imported(admin, file("CFO"));
    expect((await imported(admin, file("CEO"))).counts).toMatchObject({ created: 0, updated: 0, skipped: 1 });
    const updated = await imported(admin, file("").replace("555 0100", "555 0200"), { onDuplicate: "update" });
    expect(updated.counts).toMatchObject({ created: 0, updated: 1 });
    const [ruth] = await contactsOf(admin);
    expect(ruth).toMatchObject({ title: "CFO", emails: [{ email: "ruth@x.example" }], version: 2 });
    expect(ruth.phones.map(({ phone }: { phone: string }) => phone)).toEqual(["555 0100", "555 0200"]);
  });

  test("rows that cannot be are named and kept out, the others go on", async () => {
    const twin = await makeContact(app, maya, { emails: [{ email: "twin@x.example" }] });
    await makeContact(app, maya, { externalId: "E-1", emails: [{ email: "e1@x.example" }] });
    const ended = await imported(
      maya,
      "id,name,email,phone,owner\n" +
        ",Good Row,good@x.example,,\n" +
        ",,,,\n" +
        ",Wrong Address,not-an-address,,\n" +
        ",No Number,,call me,\n" +
        `,Not Hers,,,${acme.admin.session.user.firstName} ${acme.admin.session.user.lastName}\n` +
        "E-1,Two People,twin@x.example,,\n" +
        ",Good Twice,good@x.example,,\n",
      { onDuplicate: "update" },
    );
    expect(ended.counts).toEqual({ read: 7, created: 1, updated: 0, skipped: 1, failed: 5 });
    for (const code of ["required", "invalid_email", "invalid_phone", "owner_beyond_reach", "contact_ambiguous"]) {
      expect(ended.errorText).toContain(code);
    }
    expect((await call(maya, "GET", `/contacts/${twin.id}`)).body.version).toBe(1);
  });

  test("an address that somebody out of sight has is refused without a word about them", async () => {
    const hidden = await makeContact(app, acme.admin, { lastName: "Secret", emails: [{ email: "hidden@x.example" }] });
    const ended = await imported(maya, "name,email\nRuth New,hidden@x.example\n", { onDuplicate: "update" });
    expect(ended.counts).toMatchObject({ created: 0, updated: 0, failed: 1 });
    expect(ended.dry.counts).toEqual(ended.counts);
    expect(ended.errorText).toContain("email_taken");
    expect(ended.errorText).not.toContain("Secret");
    expect((await call(acme.admin, "GET", `/contacts/${hidden.id}`)).body.version).toBe(1);
  });

  test("a contact that is seen and not one's own to change is not written over", async () => {
    const customer = await makeCustomer(app, acme.admin, { ownerId: maya.id });
    await makeContact(app, acme.admin, {
      emails: [{ email: "lent@x.example" }],
      customers: [{ customerId: customer.id }],
    });
    const ended = await imported(maya, "name,email\nRuth Mine,lent@x.example\n", { onDuplicate: "update" });
    expect(ended.counts).toMatchObject({ updated: 0, failed: 1 });
    expect(ended.errorText).toContain("contact_beyond_reach");
  });

  test("undone, what it made is in the trash and its addresses are free; what was touched since stays", async () => {
    const { admin } = await makeOrganization(app);
    const file = "name,email\nRuth A,ruth@y.example\nMarcus F,marcus@y.example\n";
    const { id } = await imported(admin, file);
    const [marcus] = await contactsOf(admin, "email=marcus@y.example");
    await app.call("PATCH", `/contacts/${marcus.id}`, { token: admin.token, body: { title: "CTO", seenVersion: 1 } });
    await call(admin, "POST", `/imports/${id}/undo`);
    await untilIdle(app, admin);
    expect((await call(admin, "GET", `/imports/${id}`)).body.undo).toMatchObject({ removed: 1, kept: 1 });
    expect((await contactsOf(admin)).map(({ name }) => name)).toEqual(["Marcus F"]);
    expect((await imported(admin, file)).counts).toMatchObject({ created: 1, skipped: 1 });
  });
});
