import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowPlan, RowResult, Seen } from "#modules/records";
import { requirePermission, type Context } from "#platform/context";
import { writeValues } from "../imports/imported-values.store.ts";
import { lineSeen, verdictFor } from "../imports/known.ts";
import { revertRows, type Reverting } from "../imports/revert-rows.command.ts";
import { changedIds, plannedCreates, plannedUpdates, resultsOf } from "../imports/row-results.ts";
import {
  findKnownProducts,
  findProductsInUse,
  importedProducts,
  insertImportedProducts,
  moveImportedProducts,
  readProductNames,
} from "./product-import.store.ts";
import { productFields, productValues, toProductRow, type ProductRow } from "./product-import.ts";

/** How products are imported: a row is one that is there already by its name. */
export const productImporter: Importer<Context> = {
  entity: "product",
  permission: "product.edit",
  nouns: ["product"],
  matchKeys: ["name"],
  fields: productFields,
  propose: () => Promise.resolve([]),
  makeRelations: () => Promise.resolve(),
  plan,
  write,
  revert: (ctx, rows, direction, importId) => revertRows(ctx, reverting, rows, direction, importId),
};

type Data = {
  readonly row: ProductRow;
  readonly cleared: ReadonlySet<string>;
  readonly existingId: string | undefined;
};

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  _proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Seen,
): Promise<RowPlan[]> {
  const currency = options.currency ?? ctx.organization.currency;
  const read = rows.map((parsed) => ({ parsed, ...toProductRow(parsed, currency) }));
  const known = await findKnownProducts(
    ctx,
    read.map(({ row }) => row.name),
  );
  return read.map(({ parsed, row, faults }) => {
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    const found = known.get(row.name) ?? [];
    const repeats = lineSeen(seen, [row.name.toLowerCase()], parsed.row);
    const data: Data = { row, cleared: parsed.cleared, existingId: found[0]?.id };
    // Products belong to nobody: who may change one may change all.
    return { row: parsed.row, ...verdictFor("product", { found, repeats }, options, "all"), data };
  });
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  _options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "product.edit");
  const created = plannedCreates<Data>(plans).map(({ place, data }) => ({ ...data.row, place, id: uuidv7() }));
  const updates = plannedUpdates<Data>(plans).map(({ place, data, isFilling }) => ({
    place,
    id: data.existingId ?? "",
    isFilling,
    values: productValues(data.row, data.cleared),
  }));
  const made = await insertImportedProducts(ctx, created);
  const written = await writeValues(ctx, importedProducts, updates);
  const products = [...made, ...(await readProductNames(ctx, changedIds(written)))];
  if (products.length > 0) ctx.emit({ type: "products.imported", recordId: null, facts: { importId, products } });
  // A name that somebody took between the look and the writing: that product is left as it is.
  const isMade = new Set(made.map(({ id }) => id));
  const [own, taken] = [created.filter(({ id }) => isMade.has(id)), created.filter(({ id }) => !isMade.has(id))];
  return resultsOf(own, [...updates, ...taken], written);
}

const reverting: Reverting = {
  table: importedProducts,
  held: async (ctx, ids, direction) => {
    const inUse = direction === "undo" ? await findProductsInUse(ctx, ids) : [];
    return new Map(inUse.map((id) => [id, { code: "product_in_use", message: "It is part of a sale" }]));
  },
  move: moveImportedProducts,
  announce: async (ctx, { moved, swapped }, direction, importId) => {
    if (direction === "redo") {
      const products = await readProductNames(ctx, [...moved, ...swapped]);
      if (products.length > 0) ctx.emit({ type: "products.imported", recordId: null, facts: { importId, products } });
      return;
    }
    if (moved.length > 0) ctx.emit({ type: "products.removed", recordId: null, facts: { importId, ids: [...moved] } });
    if (swapped.length > 0)
      ctx.emit({ type: "products.reverted", recordId: null, facts: { importId, ids: [...swapped] } });
  },
};
