import pg from "pg";
import { sightOf } from "#platform/context";
import type { Sight } from "#platform/db";
import type { SentStatement, TestApp } from "../app.ts";
import type { Person } from "../make.ts";

/** How a table was read by a statement. */
export type Reading = { readonly table: string; readonly node: string; readonly rows: number };

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
};

export type Planner = {
  /** How the statement reads its tables when this person asks, planned as the server plans. */
  explain(person: Person, statement: SentStatement): Promise<Reading[]>;
  close(): Promise<void>;
};

export async function openPlanner(app: TestApp): Promise<Planner> {
  const client = new pg.Client({
    connectionString: app.database.appUrl,
    // At this size PostgreSQL rightly hashes a table whole to join it; what is tried is that it need not.
    options: "-c plan_cache_mode=force_generic_plan -c timezone=UTC -c enable_hashjoin=off -c enable_mergejoin=off",
  });
  await client.connect();
  return {
    async explain(person, { text, values }) {
      const session = await app.runtime.authenticate(person.token);
      if (session === null) throw new Error("the person is not signed in");
      await client.query("begin");
      try {
        await look(client, sightOf(session.actor));
        await client.query(`prepare asked as ${text}`);
        const literals = values.length === 0 ? "" : `(${values.map(literalOf).join()})`;
        const { rows } = await client.query(
          `explain (analyze, costs off, timing off, format json) execute asked${literals}`,
        );
        return readingsOf(rows[0]["QUERY PLAN"][0].Plan);
      } finally {
        await client.query("rollback");
        await client.query("deallocate all");
      }
    },
    close: () => client.end(),
  };
}

async function look(client: pg.Client, { organizationId, memberId, reach }: Sight): Promise<void> {
  await client.query(
    "select set_config('app.organization_id', $1, true), set_config('app.member_id', $2, true), set_config('app.reach', $3, true)",
    [organizationId, memberId ?? "", reach],
  );
}

/** Scans with every row they looked at, those included that they threw away. */
function readingsOf(plan: PlanNode): Reading[] {
  const table = plan["Relation Name"];
  const looked =
    plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0) + (plan["Rows Removed by Index Recheck"] ?? 0);
  const own =
    table === undefined
      ? []
      : [
          {
            table: table.replace(/_\d{4}_\d{2}$/, ""),
            node: plan["Node Type"],
            rows: Math.ceil(looked * plan["Actual Loops"]),
          },
        ];
  return [...own, ...(plan.Plans ?? []).flatMap(readingsOf)];
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((item) => JSON.stringify(String(item))).join()}}`);
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (typeof value === "string" || typeof value === "bigint") return pg.escapeLiteral(value.toString());
  return pg.escapeLiteral(JSON.stringify(value));
}
