import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { decideReviews as contract } from "@rainmaker/contracts/records/imports";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { countRows, lockReviews, saveResults } from "./import-rows.store.ts";
import { requireStep, type Import } from "./import.ts";
import { lockImport, lockImporting, saveImport } from "./imports.store.ts";
import { writeRows } from "./write-rows.command.ts";

/**
 * Decides about rows that wait: they are written over the record they were taken for, or left. Planned anew, for that
 * record may have changed since.
 * @throws Refusal 422 where one of the rows does not wait for a decision
 */
export async function decideReviews(
  ctx: Context,
  importId: string,
  { rows: lines, verdict }: BodyOf<typeof contract>,
): Promise<void> {
  const made = await lockImport(ctx, importId);
  requireStep("review", made);
  await lockImporting(ctx, made.entity);
  const rows = await lockReviews(ctx, importId, lines);
  const waiting = new Set(rows.map(({ row }) => row));
  const unknown = lines.findIndex((line) => !waiting.has(line));
  if (unknown >= 0) throw invalidField(`rows.${unknown}`, "not_waiting", "This row does not wait for a decision");
  if (verdict === "leave") {
    const left = { state: "skipped", recordId: null, recordVersion: null, fault: null } as const;
    await saveResults(
      ctx,
      importId,
      rows.map(({ row }) => ({ row, ...left })),
    );
  } else {
    await writeRows(ctx, withVerdict(made, verdict), rows, new Map());
  }
  const { toReview, staged: _staged, ...counts } = await countRows(ctx, importId);
  await saveImport(ctx, importId, { toReview }, counts);
  const facts = { fileName: made.fileName, verdict, rows: rows.length };
  ctx.emit({ type: "import.reviewed", recordId: importId, label: made.fileName, ownerId: made.ownerId, facts });
}

function withVerdict(made: Import, onDuplicate: "update" | "fill"): Import {
  return { ...made, mapping: { ...made.mapping, options: { ...made.mapping.options, onDuplicate } } };
}
