import { customKeyOf } from "@rainmaker/contracts/records/custom-types";
import { keysOfSort } from "@rainmaker/contracts/records/sorts";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import type { RecordDefinition } from "../lists/record.ts";
import { listFields } from "./custom-fields.store.ts";
import { isCustomEntity } from "./custom-targets.query.ts";
import { described } from "./described-record.ts";

type Asked = {
  readonly record: RecordDefinition;
  readonly query: { readonly sort?: string | undefined; readonly filter?: string | undefined };
};

/**
 * What a list's record is to a query: with the organization's own fields where the query may name one, which costs a
 * statement.
 * @throws Refusal 422 for an order by a field that is not there
 */
export async function describedFor(ctx: Context, { record, query }: Asked): Promise<RecordDefinition> {
  const { sort = "", filter = "" } = query;
  if (!isCustomEntity(record.name) || !(sort.includes("custom.") || filter.includes("custom."))) return record;
  const full = described(record, await listFields(ctx, record.name));
  const unknown = keysOfSort(sort).find(({ key }) => customKeyOf(key) !== null && !Object.hasOwn(full.sorts, key));
  if (unknown !== undefined) throw invalidField("sort", "sort_unknown", `The list has no order by ${unknown.key}`);
  return full;
}
