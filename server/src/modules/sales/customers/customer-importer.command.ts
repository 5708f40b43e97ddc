import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult } from "#modules/records";
import { actingMember, requirePermission, type Context } from "#platform/context";
import { visibleMembers, widen } from "#platform/scope";
import { verdictFor, type Editable } from "../imports/known.ts";
import { makeRelations } from "../imports/make-relations.command.ts";
import { proposeRelations } from "../imports/relations.query.ts";
import { Resolver } from "../imports/resolve.ts";
import { plannedAs, resultsOf } from "../imports/row-results.ts";
import {
  findKnownCustomers,
  insertImportedCustomers,
  trashImportedCustomers,
  updateImportedCustomers,
} from "./customer-import.store.ts";
import { customerFields, toCustomerRow, type CustomerRow } from "./customer-import.ts";

/** How customers are imported: a row is one that is there already by its external id, else by its name. */
export const customerImporter: Importer<Context> = {
  entity: "customer",
  fields: customerFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  undo,
};

type Data = { readonly row: CustomerRow; readonly existingId: string | null };

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Set<string>,
): Promise<RowPlan[]> {
  const resolver = new Resolver(proposals, options.values);
  const importer = actingMember(ctx);
  const texts = (field: string): string[] => rows.flatMap(({ values }) => values.get(field) ?? []).map(String);
  const assignable = await visibleMembers(ctx, "customer.assign");
  const editable = await visibleMembers(ctx, "customer.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const known = await findKnownCustomers(ctx, texts("externalId"), texts("name"));
  return rows.map((parsed) => {
    const owner = resolver.resolve("owner", parsed.values.get("owner"));
    const { row, faults: wrong } = toCustomerRow(parsed, owner, importer);
    const faults: RowFault[] = [...(owner.kind === "fault" ? [owner.fault] : []), ...wrong];
    if (row.ownerId !== null && row.ownerId !== importer && assignable !== "all" && !assignable.has(row.ownerId)) {
      faults.push({ field: "owner", code: "owner_beyond_reach", message: "You may not add customers for this person" });
    }
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    return verdictOf(parsed.row, row, { known, editable }, options, seen);
  });
}

type Here = {
  readonly known: Awaited<ReturnType<typeof findKnownCustomers>>;
  /** Whose customers the importer may change. */
  readonly editable: Editable;
};

function verdictOf(
  place: number,
  row: CustomerRow,
  { known, editable }: Here,
  options: ImportOptions,
  seen: Set<string>,
): RowPlan {
  const { externalId, name } = row;
  const existing =
    (externalId === null ? undefined : known.byExternalId.get(externalId)) ?? known.byName.get(name) ?? null;
  const key = externalId === null ? `name ${name.toLowerCase()}` : `id ${externalId}`;
  const isRepeated = seen.has(key);
  seen.add(key);
  const data: Data = { row, existingId: existing?.id ?? null };
  return { row: place, ...verdictFor("customer", { existing, isRepeated }, options, editable), data };
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  _options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "customer.create");
  widen(ctx);
  const created = plannedAs<Data>(plans, "create").map(({ place, data }) => ({ ...data.row, place, id: uuidv7() }));
  const updated = plannedAs<Data>(plans, "update").map(({ place, data }) => ({
    ...data.row,
    place,
    id: data.existingId ?? "",
  }));
  await insertImportedCustomers(ctx, created);
  const versions = new Map((await updateImportedCustomers(ctx, updated)).map(({ id, version }) => [id, version]));
  const ids = [...created.map(({ id }) => id), ...versions.keys()];
  if (ids.length > 0) ctx.emit({ type: "customers.imported", recordId: null, facts: { importId, ids } });
  return resultsOf(created, updated, versions);
}

async function undo(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
  importId: string,
): Promise<string[]> {
  widen(ctx);
  const ids = await trashImportedCustomers(ctx, records);
  if (ids.length > 0) ctx.emit({ type: "customers.removed", recordId: null, facts: { importId, ids } });
  return ids;
}
