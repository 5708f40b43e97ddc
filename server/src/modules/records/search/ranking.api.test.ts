import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type TestApp } from "../../../../test/app.ts";
import { makeOrganization, type Person } from "../../../../test/make.ts";
import { fold } from "./fold.ts";
import { rankingQueries, rankingRecords, type RankingQuery } from "../../../../test/generated/ranking.ts";

let app: TestApp;
let owner: pg.Client;
let admin: Person;

beforeAll(async () => {
  app = await openApp();
  const organization = await makeOrganization(app);
  admin = organization.admin;
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  await rankingRecords(owner, organization.id, admin.id);
});
afterAll(async () => {
  await owner.end();
  await app.close();
});

test("of 200 searches at least 95 in a hundred have the right record among the first three", async () => {
  const isFound = async ({ typed, id }: RankingQuery): Promise<boolean> => {
    const { body } = await app.call("GET", `/search?q=${encodeURIComponent(typed)}`, { token: admin.token });
    return body.items.slice(0, 3).some((item: { id: string }) => item.id === id);
  };
  const missed: RankingQuery[] = [];
  for (const query of rankingQueries) if (!(await isFound(query))) missed.push(query);
  expect(rankingQueries).toHaveLength(200);
  expect(missed.length, JSON.stringify(missed.slice(0, 20), null, 1)).toBeLessThanOrEqual(10);
});

test("the database folds as the search does", async () => {
  const texts = [
    "Ærøskøbing ŁÓDŹ",
    "İstanbul ıslak",
    "ΟΔΥΣΣΕΎΣ",
    "Ёж Їжак",
    "ﬁne ＡＢＣ ½",
    "Þór Ðan straße",
    "é́ q̃",
    "日本 株式会社",
  ];
  const { rows } = await owner.query(
    "select app.fold(t) as folded from unnest($1::text[]) with ordinality as u(t, n) order by n",
    [texts],
  );
  expect(rows.map(({ folded }) => folded)).toEqual(texts.map(fold));
});
