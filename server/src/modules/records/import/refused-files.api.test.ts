import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { makeMember, makeOrganization, type MadeOrganization, type Person } from "../../../../test/make.ts";

let app: TestApp;
let acme: MadeOrganization;

beforeAll(async () => {
  app = await openApp();
  acme = await makeOrganization(app);
});
afterAll(() => app.close());

const upload = (person: Person, content: Buffer | string, entity = "opportunity", name = "file.csv") =>
  app.upload("/imports", person.token, { name, content }, { entity });
const call = (person: Person, method: "GET" | "POST" | "PUT", path: string, body?: unknown) =>
  app.call(method, path, { token: person.token, body });

async function runToEnd(person: Person, id: string): Promise<any> {
  const started = await call(person, "POST", `/imports/${id}/run`);
  expect(started.status).toBe(202);
  return untilEnded(person, id, ["finished", "failed"]);
}

async function untilEnded(person: Person, id: string, states: readonly string[]): Promise<any> {
  await expect
    .poll(async () => (await call(person, "GET", `/imports/${id}`)).body.status, { timeout: 20_000, interval: 20 })
    .toSatisfy((status) => states.includes(status));
  await app.settle();
  return (await call(person, "GET", `/imports/${id}`)).body;
}

const conserves = ({ read, created, updated, skipped, failed }: Record<string, number>): boolean =>
  read === (created ?? 0) + (updated ?? 0) + (skipped ?? 0) + (failed ?? 0);

describe("files that are not what they should be", () => {
  const codeOf = async (content: Buffer | string, name = "file.csv") => {
    const reply = await upload(acme.admin, content, "opportunity", name);
    return [reply.status, reply.body.code ?? reply.body.encoding];
  };

  test.each([
    ["empty", "", 422, "file_empty"],
    ["header only", "name,amount\n", 422, "file_without_rows"],
    ["a spreadsheet renamed", Buffer.from("504b030414000600", "hex"), 422, "file_not_csv"],
    ["HTML", "<!doctype html><table><tr><td>a</td></tr></table>", 422, "file_not_csv"],
    [
      "1,001 columns",
      `${Array.from({ length: 1001 }, (_, index) => `c${index}`).join(",")}\n1\n`,
      422,
      "too_many_columns",
    ],
  ] as const)("%s is refused", async (_why, content, status, code) =>
    expect(await codeOf(content)).toEqual([status, code]),
  );

  test.each([
    ["UTF-8 with a mark", Buffer.from("\uFEFFname\nMüller\n"), "utf-8"],
    ["UTF-16 LE", Buffer.concat([Buffer.from("fffe", "hex"), Buffer.from("name\nMüller\n", "utf16le")]), "utf-16le"],
    [
      "UTF-16 BE",
      Buffer.concat([Buffer.from("feff", "hex"), Buffer.from("name\nMüller\n", "utf16le").swap16()]),
      "utf-16be",
    ],
    ["Windows-1252", Buffer.from("name\nM\xFCller\n", "latin1"), "windows-1252"],
  ] as const)("%s is recognised", async (_why, content, encoding) => {
    const reply = await upload(acme.admin, content);
    expect([reply.status, reply.body.encoding]).toEqual([201, encoding]);
    expect(reply.body.columns).toEqual([{ index: 0, header: "name", samples: ["Müller"] }]);
  });

  test("semicolons, German numbers and dates are read", async () => {
    const other = await makeOrganization(app);
    const made = await upload(other.admin, "Name;Close date;Amount\nA;07.12.2026;1.234,50\nB;31.12.2026;48,5\n");
    expect(made.body).toMatchObject({ delimiter: ";", mapping: { options: { decimalMark: "," } } });
    const asked = await call(other.admin, "POST", `/imports/${made.body.id}/preview`);
    expect(asked.body.errors).toEqual([expect.objectContaining({ code: "date_order_needed", rows: 1 })]);
    const options = { ...made.body.mapping.options, dateOrder: "dmy" };
    await call(other.admin, "PUT", `/imports/${made.body.id}/mapping`, { columns: made.body.mapping.columns, options });
    await runToEnd(other.admin, made.body.id);
    const list = await call(other.admin, "GET", "/opportunities?sort=title");
    expect(list.body.items.map((item: any) => [item.amount.amount, item.expectedCloseOn])).toEqual([
      ["1234.50", "2026-12-07"],
      ["48.50", "2026-12-31"],
    ]);
  });

  test("broken rows are counted and come back as a file, formulas harmless, the others go on", async () => {
    const other = await makeOrganization(app);
    const rows = [
      "name,amount",
      "=HYPERLINK(1),5",
      'Quo"ted,7',
      "Too,many,cells",
      "Bad,abc",
      "Nul\0,1",
      "Fine,9",
      '"never closed,1',
      "swallowed,2",
    ];
    const made = await upload(other.admin, rows.join("\n"));
    expect(made.status, made.text).toBe(201);
    const ended = await runToEnd(other.admin, made.body.id);
    expect(conserves(ended.counts)).toBe(true);
    expect(ended.counts).toMatchObject({ created: 3, failed: 4 });
    const titles = (await call(other.admin, "GET", "/opportunities?sort=title")).body.items.map(
      (item: { title: string }) => item.title,
    );
    expect(titles).toEqual(["=HYPERLINK(1)", "Fine", 'Quo"ted']);
    const errors = (
      await app.call("GET", `/imports/${made.body.id}/errors.csv`, { token: other.admin.token })
    ).text.split("\r\n");
    expect(errors).toHaveLength(6);
  });

  test("413 for 300 MB", async () => {
    const content = Buffer.alloc(300_000_000, "name,amount\nA,1\n");
    expect(await codeOf(content)).toEqual([413, "file_too_large"]);
  });

  test("422 for a mapping with a field twice or a column that is not there, 409 once it runs", async () => {
    const made = await upload(acme.admin, "id,name\n1,A\n");
    const map = (columns: unknown) =>
      call(acme.admin, "PUT", `/imports/${made.body.id}/mapping`, { columns, options: {} });
    const twice = await map([
      { index: 0, field: "title" },
      { index: 1, field: "title" },
    ]);
    expect(twice.body.errors[0]).toMatchObject({ path: "columns.1.field", code: "field_twice" });
    expect((await map([{ index: 7, field: "title" }])).body.errors[0].code).toBe("column_unknown");
    expect((await map([{ index: 0, field: "nope" }])).body.errors[0].code).toBe("field_unknown");
    await runToEnd(acme.admin, made.body.id);
    expect((await map([{ index: 0, field: "title" }])).status).toBe(409);
    expect((await call(acme.admin, "POST", `/imports/${made.body.id}/run`)).status).toBe(409);
  });

  test("404 for an import of somebody else, even in the organization", async () => {
    const made = await upload(acme.admin, "name\nA\n");
    const colleague = await makeMember(app, acme, ["org_admin"]);
    expect((await call(colleague, "GET", `/imports/${made.body.id}`)).status).toBe(404);
  });
});
