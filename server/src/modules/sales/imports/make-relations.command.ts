import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { importMembers } from "#modules/organization";
import type { Proposal } from "#modules/records";
import { requirePermission, type Context } from "#platform/context";
import { widen } from "#platform/scope";
import { insertCustomersByName, insertProductsByName, insertStagesByName, type Made } from "./relations.store.ts";

/** Makes the records that an import's values ask for: with the right that making them by hand takes. */
export async function makeRelations(
  ctx: Context,
  proposals: readonly Proposal[],
  options: ImportOptions,
  importId: string,
): Promise<void> {
  const wanted = (field: string): string[] => namesToMake(proposals, field);
  widen(ctx);
  await makeCustomers(ctx, wanted("customer"), importId);
  await makeProducts(ctx, wanted("product"), importId);
  await makeStages(ctx, wanted("stage"), options, importId);
  await importMembers(ctx, wanted("owner"), importId);
}

/** One name for spellings that mean the same: "GTXPro" and "GTX Pro" of one file make one product, by the commoner. */
function namesToMake(proposals: readonly Proposal[], field: string): string[] {
  const asked = proposals.filter((proposal) => proposal.field === field && proposal.target === "create");
  const bySpelling = Map.groupBy(asked, ({ value }) => value.toLowerCase().replaceAll(/[^\p{L}\p{Nd}]/gu, ""));
  return [...bySpelling.values()]
    .map((all) => all.toSorted((a, b) => b.rows - a.rows)[0]?.value ?? "")
    .filter((name) => name !== "");
}

async function makeCustomers(ctx: Context, names: readonly string[], importId: string): Promise<void> {
  if (names.length === 0) return;
  requirePermission(ctx.actor, "customer.create");
  const made = await insertCustomersByName(ctx, names);
  ctx.emit({ type: "customers.imported", recordId: null, facts: { importId, ids: made.map(({ id }) => id) } });
}

async function makeProducts(ctx: Context, names: readonly string[], importId: string): Promise<void> {
  if (names.length === 0) return;
  const products = await insertProductsByName(ctx, names);
  announce(products, () => ctx.emit({ type: "products.imported", recordId: null, facts: { importId, products } }));
}

async function makeStages(
  ctx: Context,
  names: readonly string[],
  options: ImportOptions,
  importId: string,
): Promise<void> {
  if (names.length === 0) return;
  requirePermission(ctx.actor, "pipeline.edit");
  const stages = await insertStagesByName(ctx, names, options);
  announce(stages, () => ctx.emit({ type: "stages.imported", recordId: null, facts: { importId, stages } }));
}

function announce(made: readonly Made[], emit: () => void): void {
  if (made.length > 0) emit();
}
