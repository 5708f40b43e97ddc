import type { Context } from "#platform/context";
import type { FileRow } from "./csv-file.adapter.ts";
import { saveResults } from "./import-rows.store.ts";
import { needsReview, type Import } from "./import.ts";
import type { RowPlan, RowResult, Seen } from "./importer.ts";
import { importerFor } from "../custom-fields/custom-importer.command.ts";
import { parseRow, readingOf, ValueCounter } from "./parse-rows.ts";
import { planRows } from "./preview-import.command.ts";

/** Plans rows, writes those that are to be written, and keeps what became of each. */
export async function writeRows(ctx: Context, made: Import, rows: readonly FileRow[], seen: Seen): Promise<void> {
  const importer = await importerFor(ctx, made.entity);
  const { options } = made.mapping;
  const reading = readingOf(made, importer.fields, ctx.organization.currency);
  const counter = new ValueCounter(importer.fields);
  for (const row of rows) counter.add(parseRow(row, reading).parsed);
  await importer.makeRelations(ctx, await importer.propose(ctx, counter.all(), options), options, made.id);
  // Again: what was to be made has an id by now.
  const proposals = await importer.propose(ctx, counter.all(), options);
  const plans = await planRows(ctx, importer, made, rows, reading, proposals, seen);
  const written = await importer.write(ctx, plans.filter(isWritten), options, made.id);
  await saveResults(ctx, made.id, [...written, ...plans.filter((plan) => !isWritten(plan)).map(toResult)]);
}

function isWritten({ verdict }: RowPlan): boolean {
  return verdict === "create" || verdict === "update" || verdict === "fill";
}

function toResult({ row, verdict, faults, repeats, recordId }: RowPlan): RowResult {
  const result: Pick<RowResult, "row" | "recordId" | "recordVersion"> = {
    row,
    recordId: recordId ?? null,
    recordVersion: null,
  };
  if (verdict === "fail") return { ...result, state: "failed", fault: faults[0] ?? null };
  if (verdict === "review") {
    return { ...result, state: "skipped", fault: { field: "", code: needsReview, message: "Waits for a decision" } };
  }
  const fault = { field: "", code: "repeated", message: `The same as row ${repeats}` };
  return { ...result, state: "skipped", fault: repeats === undefined ? null : fault };
}
