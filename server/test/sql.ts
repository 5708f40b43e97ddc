import pg from "pg";
import type { TestApp } from "./app.ts";

/** Rows of a statement run by the owner of the database, whom no policy holds. */
export async function asOwner<Row extends pg.QueryResultRow = any>(
  app: TestApp,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: app.database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * What becomes of statements of the server's own role that sees the whole of an organization: somebody who has got
 * hold of its password.
 * @returns "committed", or the constraint or the code that refused
 */
export async function asServerRole(
  app: TestApp,
  organizationId: string,
  run: (client: pg.Client) => Promise<unknown>,
): Promise<string> {
  const client = new pg.Client({ connectionString: app.database.appUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('app.organization_id', $1, true), set_config('app.reach', 'all', true)", [
      organizationId,
    ]);
    await run(client);
    await client.query("commit");
    return "committed";
  } catch (error) {
    return (error as pg.DatabaseError).constraint ?? (error as pg.DatabaseError).code ?? "refused";
  } finally {
    await client.end();
  }
}
