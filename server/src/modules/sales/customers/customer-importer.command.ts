import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import type { Importer, MatchKey, ParsedRow, Proposal, RowFault, RowPlan, RowResult, Seen } from "#modules/records";
import { actingMember, requirePermission, type Context } from "#platform/context";
import { visibleMembers, widen } from "#platform/scope";
import { writeValues } from "../imports/imported-values.store.ts";
import { lineSeen, verdictFor, type Known } from "../imports/known.ts";
import { makeRelations } from "../imports/make-relations.command.ts";
import { proposeRelations } from "../imports/relations.query.ts";
import { Resolver } from "../imports/resolve.ts";
import { announceReverted, revertRows, type Reverting } from "../imports/revert-rows.command.ts";
import { changedIds, plannedCreates, plannedUpdates, resultsOf } from "../imports/row-results.ts";
import {
  findCustomersInUse,
  findKnownCustomers,
  importedCustomers,
  insertImportedCustomers,
} from "./customer-import.store.ts";
import { customerFields, customerValues, toCustomerRow, type CustomerRow } from "./customer-import.ts";

/** How customers are imported: a row is one that is there already by its external id, else by its name. */
export const customerImporter: Importer<Context> = {
  entity: "customer",
  permission: "customer.create",
  nouns: ["organization", "account", "company"],
  matchKeys: ["externalId", "name", "domain", "email", "phone"],
  fields: customerFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  revert: (ctx, rows, direction, importId) => revertRows(ctx, reverting, rows, direction, importId),
};

type Data = {
  readonly row: CustomerRow;
  readonly cleared: ReadonlySet<string>;
  readonly existingId: string | undefined;
};

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Seen,
): Promise<RowPlan[]> {
  const resolver = new Resolver(proposals, options.values);
  const importer = actingMember(ctx);
  const assignable = await visibleMembers(ctx, "customer.assign");
  const editable = await visibleMembers(ctx, "customer.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const known = await Matcher.read(ctx, rows, options);
  return rows.map((parsed) => {
    const owner = resolver.resolve("owner", parsed.values.get("owner"));
    const { row, faults: wrong } = toCustomerRow(parsed, owner, importer);
    const faults: RowFault[] = [...(owner.kind === "fault" ? [owner.fault] : []), ...wrong];
    if (row.ownerId !== null && row.ownerId !== importer && assignable !== "all" && !assignable.has(row.ownerId)) {
      faults.push({ field: "owner", code: "owner_beyond_reach", message: "You may not add customers for this person" });
    }
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    const { found, keys } = known.match(parsed);
    const verdict = verdictFor("customer", { found, repeats: lineSeen(seen, keys, parsed.row) }, options, editable);
    const data: Data = { row, cleared: parsed.cleared, existingId: found[0]?.id };
    return { row: parsed.row, ...verdict, data };
  });
}

const fieldOf = {
  externalId: "externalId",
  name: "name",
  email: "email",
  phone: "phone",
  domain: "website",
} as const satisfies Readonly<Record<MatchKey, string>>;

/** Finds what rows are by the key chosen, or by external id and else by name. */
class Matcher {
  readonly #keys: readonly MatchKey[];
  readonly #known: ReadonlyMap<MatchKey, ReadonlyMap<string, readonly Known[]>>;

  private constructor(keys: readonly MatchKey[], known: ReadonlyMap<MatchKey, ReadonlyMap<string, readonly Known[]>>) {
    this.#keys = keys;
    this.#known = known;
  }

  static async read(ctx: Context, rows: readonly ParsedRow[], { matchBy }: ImportOptions): Promise<Matcher> {
    const keys: readonly MatchKey[] = matchBy === undefined ? ["externalId", "name"] : [matchBy];
    const known = new Map<MatchKey, ReadonlyMap<string, readonly Known[]>>();
    for (const key of keys) {
      const values = rows.flatMap(({ values: of }) => of.get(fieldOf[key]) ?? []).map(String);
      known.set(key, await findKnownCustomers(ctx, key, values));
    }
    return new Matcher(keys, known);
  }

  match({ values }: ParsedRow): { readonly found: readonly Known[]; readonly keys: readonly string[] } {
    const said = this.#keys.flatMap((key) => {
      const value = values.get(fieldOf[key]);
      return typeof value === "string" ? [{ key, value }] : [];
    });
    const found = said.map(({ key, value }) => this.#known.get(key)?.get(value) ?? []).find((all) => all.length > 0);
    const [surest] = said;
    return { found: found ?? [], keys: surest === undefined ? [] : [`${surest.key} ${surest.value.toLowerCase()}`] };
  }
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  _options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "customer.create");
  widen(ctx);
  const created = plannedCreates<Data>(plans).map(({ place, data }) => ({ ...data.row, place, id: uuidv7() }));
  const updates = plannedUpdates<Data>(plans).map(({ place, data, isFilling }) => ({
    place,
    id: data.existingId ?? "",
    isFilling,
    values: customerValues(data.row, data.cleared),
  }));
  await insertImportedCustomers(ctx, created);
  const written = await writeValues(ctx, importedCustomers, updates);
  const ids = [...created.map(({ id }) => id), ...changedIds(written)];
  if (ids.length > 0) ctx.emit({ type: "customers.imported", recordId: null, facts: { importId, ids } });
  return resultsOf(created, updates, written);
}

const reverting: Reverting = {
  table: importedCustomers,
  held: async (ctx, ids, direction) => {
    const inUse = direction === "undo" ? await findCustomersInUse(ctx, ids) : [];
    return new Map(inUse.map((id) => [id, { code: "customer_in_use", message: "Opportunities belong to it" }]));
  },
  announce: announceReverted("customers"),
};
