import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { contactSorts, customerSorts, opportunitySorts } from "@rainmaker/contracts/sales/choices";
import { interactionSorts } from "@rainmaker/contracts/sales/interactions";
import { afterAll, describe, expect, test } from "vitest";
import { openApp, type SentStatement } from "./app.ts";
import { makeCall, nameOf, send, type Call } from "./generated/calls.ts";
import { makeFinishedImport } from "./generated/calls-of-records.ts";
import { schemaOf } from "./generated/faults.ts";
import { fillForPlans } from "./generated/plan-rows.ts";
import { openPlanner } from "./generated/plans.ts";
import { makeDeal, makePayment, type Person } from "./make.ts";

const app = await openApp();
const calls = new Map<string, Call>();
const readers = app.endpoints.filter(({ method, access }) => method === "GET" && access !== "public");
const { company, bigTables } = await fillForPlans(app, async (made) => {
  for (const endpoint of readers) {
    const call = await makeCall(app, made, endpoint);
    if (!calls.has(nameOf(endpoint))) calls.set(nameOf(endpoint), call);
  }
  const deal = await makeDeal(app, made);
  const payment = await makePayment(app, { rep: made.rep, dealId: deal.id });
  const body = { seenVersion: payment.version };
  await app.call("POST", `/payments/${payment.id}/approve`, { token: made.verifier.token, body });
  await makeFinishedImport(app, made.rep);
});
const planner = await openPlanner(app);
afterAll(async () => {
  await planner.close();
  await app.close();
});

/** How many statements a reader sends where it is not one; a count is one more. */
const statements: Readonly<Record<string, number>> = {
  "GET /record-access": 4,
  "GET /files/{fileId}": 2,
  "GET /imports/{importId}/errors.csv": 3,
  "GET /exports/{exportId}/file": 3,
  "GET /views": 2,
  "GET /imports/{importId}": 2,
  "GET /custom-fields/{customFieldId}/usage": 3,
  "GET /pipelines/{pipelineId}/board": 3,
  "GET /pipelines/{pipelineId}/attention": 2,
  "GET /pipelines/{pipelineId}/analysis": 2,
  "GET /pipelines/{pipelineId}/analysis/rows": 2,
  "GET /opportunities/{opportunityId}/timeline": 3,
  "GET /customers/{customerId}/timeline": 2,
  "GET /duplicates/matches": 4,
  "GET /contacts/{contactId}/timeline": 2,
  "GET /verification-queue": 2,
  "GET /statements/{month}": 3,
  "GET /earnings/me": 3,
  "GET /periods/{month}": 2,
  "GET /periods/{month}/payroll.csv": 2,
  "GET /periods/{month}/general-ledger.csv": 2,
  "GET /analytics/dashboard": 3,
};
const mostStatements = 4;

/** Readers that look at more rows than a page has use for, and why. */
const readsMore: Readonly<Record<string, string>> = {
  "GET /audit-log/verification": "recomputes the whole chain",
  "GET /analytics/dashboard": "ranking and streaks go through the days of everybody in the last 400",
  "GET /analytics/sales": "adds up what the range holds",
  "GET /analytics/sales/rows": "sorts the credits of a range, which may be of any few people",
  "GET /analytics/commission": "adds up what the range holds",
  "GET /analytics/performance": "adds up a month of everybody in sight",
  "GET /verification-queue": "how long decisions took, of all in the last 30 days",
  "GET /pipelines/{pipelineId}/board": "a view counts what is open from the rows, not from the roll-up",
  "GET /pipelines/{pipelineId}/attention": "counts what is open from the rows",
  "GET /pipelines/{pipelineId}/analysis": "adds up a pipeline and its moves of the period",
  "GET /pipelines/{pipelineId}/analysis/rows": "finds the rows behind a figure as the figure counts them",
  "GET /customers/totals": "counts what fits",
  "GET /contacts/totals": "counts what fits",
  "GET /opportunities/totals": "adds up what fits",
  "GET /search": "reads up to 5,000 keys that begin so, and asks each whether its record was granted",
  "GET /statements/{month}": "adds up a month",
  "GET /periods/{month}": "adds up a month and the three before it, of everybody in sight",
};
/** The same, for choices of a query that few rows meet: no index is kept for them. */
const choicesThatReadMore: ReadonlySet<string> = new Set([
  "kind",
  "view",
  "status",
  "rank",
  "-rank",
  "priority",
  "freshness",
  "outcome",
  "filter",
]);

/** Keys a list can be ordered by, each tried in both directions. */
const sortsOfLists: Readonly<Record<string, readonly string[]>> = {
  "GET /customers": customerSorts,
  "GET /contacts": contactSorts,
  "GET /opportunities": [...opportunitySorts, "amount,-title"],
  "GET /interactions": interactionSorts,
};

/** What a list is asked that has a filter: fields of every kind, through other tables too. */
const filters: Readonly<Record<string, readonly object[]>> = {
  "GET /customers": [
    {
      match: "any",
      rules: [
        { field: "teamId", operator: "is", value: "mine" },
        { field: "tags", operator: "filled" },
      ],
    },
    { match: "all", rules: [{ field: "name", operator: "contains", value: "a" }] },
  ],
  "GET /opportunities": [
    {
      match: "all",
      rules: [
        { field: "stageKind", operator: "is", value: "open" },
        { field: "amount", operator: "atLeast", value: "1" },
        { field: "createdAt", operator: "before", value: "tomorrow" },
      ],
    },
  ],
};

/** Far above a page and what one person has, far below what the organization has. */
const mostRows = 2000;
/** Where all of a table is read, it is read once: nobody goes through it again for each row of a page. */
const mostRowsOfAll = 20_000;

const people: readonly (readonly [string, Person])[] = [
  ["a rep", company.rep],
  ["a manager of twenty", company.manager],
  ["somebody who sees all", company.master],
];

type Variant = { readonly choice: string | null; readonly query: Record<string, string> };

/** The call as it stands, and with each choice that its query offers, one at a time. */
function variantsOf(endpoint: Endpoint, { query = {} }: Call): Variant[] {
  const { properties = {} } = schemaOf(endpoint.query, query);
  const choices = Object.entries(properties).flatMap(([name, { enum: values = [] }]) =>
    values
      // An exact count goes through all there is.
      .filter((value) => value !== "exact")
      .map((value) => ({
        choice: name === "sort" ? String(value) : name,
        query: { ...query, [name]: String(value) },
      })),
  );
  const sorted = (sortsOfLists[nameOf(endpoint)] ?? [])
    .flatMap((sort) => [sort, `-${sort}`])
    .map((sort) => ({ choice: sort, query: { ...query, sort } }));
  const filtered = (filters[nameOf(endpoint)] ?? []).map((filter) => ({
    choice: "filter",
    query: { ...query, filter: JSON.stringify(filter) },
  }));
  return [{ choice: null, query }, ...choices, ...sorted, ...filtered];
}

/** What a call sends. */
async function sentBy(endpoint: Endpoint, call: Call, as: Person, query: Variant["query"]): Promise<SentStatement[]> {
  app.statements.length = 0;
  const reply = await send(app, endpoint, call, { as, query });
  expect([200, 403, 404], reply.text).toContain(reply.status);
  // Who asks is known from a cache most of the time, and the sequencer looks for events meanwhile.
  return app.statements.splice(0).filter(({ text }) => !/ door\.|session_open/.test(text));
}

function callOf(endpoint: Endpoint): Call {
  const call = calls.get(nameOf(endpoint));
  if (call === undefined) throw new Error(`no call of ${nameOf(endpoint)}`);
  return call;
}

test("what is looked for below is there: every table of records holds many, of many organizations", () => {
  const expected = ["contact", "contact_point", "customer", "daily_metric", "deal", "event_log", "file", "import"];
  const scoped = [
    "interaction",
    "ledger_line",
    "ledger_txn",
    "opportunity",
    "payment",
    "record_grant",
    "stage_history",
  ];
  expect([...bigTables]).toEqual(expect.arrayContaining([...expected, ...scoped]));
});

describe.each(readers.map((endpoint) => [nameOf(endpoint), endpoint] as const))("%s", (name, endpoint) => {
  test("sends no more statements than it was designed with", async () => {
    const designed = statements[name] ?? 1;
    expect(designed).toBeLessThanOrEqual(mostStatements);
    const call = callOf(endpoint);
    const variants = variantsOf(endpoint, call).filter(({ choice }) => choice === null || choice === "count");
    for (const { choice, query } of variants) {
      const sent = await sentBy(endpoint, call, call.as ?? company.master, query);
      expect([query, sent.length]).toEqual([query, choice === "count" ? designed + 1 : designed]);
    }
  });

  test.each(people)("reads no table through for %s", async (_who, person) => {
    const call = callOf(endpoint);
    const variants = variantsOf(endpoint, call);
    // Without hashing, the postings of twenty people are gone through for each of them.
    const mostOfAll = person === company.manager ? Infinity : mostRowsOfAll;
    // Between the two extremes only the call as it stands: this is most of the time of these tests.
    for (const { choice, query } of person === company.manager ? variants.slice(0, 1) : variants) {
      const readsAll = name in readsMore || (choice !== null && choicesThatReadMore.has(choice));
      for (const statement of await sentBy(endpoint, call, person, query)) {
        const readings = (await planner.explain(person, statement)).filter(({ table }) => bigTables.has(table));
        const faults = readings.filter(
          ({ node, rows }) => (node === "Seq Scan" && rows > 0) || rows > (readsAll ? mostOfAll : mostRows),
        );
        expect([query, faults]).toEqual([query, []]);
      }
    }
  });
});
