import type { ImportOptions, ImportableEntity } from "@rainmaker/contracts/records/imports";
import type { Context } from "#platform/context";
import type { CellStyle } from "../import/cells.ts";
import type { Importer, RowPlan, RowResult } from "../import/importer.ts";
import { importerOf } from "../import/importers.query.ts";
import type { CustomField } from "./custom-field.ts";
import { customPartOf, importable, importFieldOf, planWith, uniqueFault, type PlannedWith } from "./custom-importer.ts";
import { listFields } from "./custom-fields.store.ts";
import { customTargetOf, isCustomEntity } from "./custom-targets.query.ts";
import { takeNumbers, writeDocuments, type DocumentWrite } from "./custom-values.store.ts";

/** How an entity is imported, with the organization's own fields where it takes them. */
export async function importerFor(
  ctx: Pick<Context, "tx" | "actor">,
  entity: ImportableEntity,
): Promise<Importer<Context>> {
  const importer = importerOf(entity);
  if (!isCustomEntity(entity)) return importer;
  const fields = await listFields(ctx, entity);
  return fields.length === 0 ? importer : withCustom(importer, fields, customTargetOf(entity).record.table);
}

function withCustom(importer: Importer<Context>, all: readonly CustomField[], table: string): Importer<Context> {
  const fields = importable(all);
  return {
    ...importer,
    fields: [...importer.fields, ...fields.map(importFieldOf)],
    async plan(ctx, rows, proposals, options, seen) {
      const parts = rows.map((row) => ({ row: row.row, ...customPartOf(fields, row, styleOf(ctx, options)) }));
      const good = parts.filter(({ faults }) => faults.length === 0);
      const byRow = new Map(good.map((part) => [part.row, part.custom]));
      const plans = await importer.plan(
        ctx,
        good.map(({ rest }) => rest),
        proposals,
        options,
        seen,
      );
      const bad = parts.flatMap(({ row, faults }): RowPlan[] =>
        faults.length === 0 ? [] : [{ row, verdict: "fail", faults, data: null }],
      );
      const planned = plans.map((plan) => {
        const custom = byRow.get(plan.row) ?? { document: {}, cleared: [] };
        const fault = isWritten(plan) ? uniqueFault(fields, custom, plan.row, seen) : null;
        return fault === null
          ? planWith(fields, plan, custom)
          : { ...plan, verdict: "fail" as const, faults: [fault], data: null };
      });
      return [...bad, ...planned];
    },
    async write(ctx, plans, options, importId) {
      const inner = plans.map((plan) => ({ ...plan, data: (plan.data as PlannedWith).inner }));
      const results = await importer.write(ctx, inner, options, importId);
      return writeCustom(ctx, table, all, plans, results);
    },
  };
}

function isWritten({ verdict }: RowPlan): boolean {
  return verdict === "create" || verdict === "update" || verdict === "fill";
}

function styleOf({ organization }: Context, { currency, decimalMark = ".", dateOrder }: ImportOptions): CellStyle {
  return { decimalMark, dateOrder, currency: currency ?? organization.currency };
}

/** Writes what the rows say of custom fields to the records they became, and tells what that replaced. */
async function writeCustom(
  ctx: Context,
  table: string,
  fields: readonly CustomField[],
  plans: readonly RowPlan[],
  results: readonly RowResult[],
): Promise<RowResult[]> {
  const byRow = new Map(plans.map((plan) => [plan.row, plan]));
  const created = results.filter(({ state }) => state === "created").length;
  const numbers = created === 0 ? {} : await takeNumbers(ctx, fields, created);
  let made = 0;
  const writes = results.flatMap((result): DocumentWrite[] => {
    const plan = byRow.get(result.row);
    if (plan === undefined || result.recordId === null) return [];
    const { document, cleared } = (plan.data as PlannedWith).custom;
    const isNew = result.state === "created";
    const own = isNew
      ? Object.fromEntries(Object.entries(numbers).map(([id, first]) => [id, Number(first) + made]))
      : {};
    if (isNew) made += 1;
    return [
      { id: result.recordId, document: { ...document, ...own }, cleared, isFilling: plan.verdict === "fill", isNew },
    ];
  });
  const written = await writeDocuments(ctx, table, writes);
  return results.map((result) => {
    const one = result.recordId === null ? undefined : written.get(result.recordId);
    if (one === undefined || result.state === "created") return result;
    return { ...result, recordVersion: one.version, before: { ...result.before, custom: one.before } };
  });
}
