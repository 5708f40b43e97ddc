import { sql, type RawBuilder } from "kysely";

type Numbered = "customer" | "contact" | "opportunity" | "interaction" | "deal" | "payment" | "project";

/**
 * The next human number of a kind, as an expression of an INSERT; with a count, the first of so many. Its counter stays
 * locked until commit.
 */
export function nextNumber(kind: Numbered, howMany = 1): RawBuilder<bigint> {
  return sql<bigint>`app.take_number(${kind}::text, ${howMany}::bigint)`;
}
