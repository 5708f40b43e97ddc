import { sql } from "kysely";
import type { Workplace } from "#platform/tenant";

/** Ids of all organizations, oldest first. */
export async function allOrganizations({ database }: Workplace): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from door.all_organizations() as id order by id`.execute(
    database.outside,
  );
  return rows.map(({ id }) => id);
}
