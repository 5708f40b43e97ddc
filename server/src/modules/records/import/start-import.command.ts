import { isCurrency } from "@rainmaker/contracts/currencies";
import type { ImportMapping, ImportableEntity } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import { requirePermission } from "#platform/context";
import { invalidField } from "#platform/errors";
import type { Upload } from "#platform/http";
import type { RecordsContext } from "../records.context.ts";
import { guessDecimalMark } from "./cells.ts";
import type { Inspection } from "./csv-file.adapter.ts";
import { checkMapping, proposeMapping, requireStep, requireUndoTime, type ImportField } from "./import.ts";
import { importerOf } from "./importers.query.ts";
import { insertImport, lockImport, saveImport } from "./imports.store.ts";

/** Keeps an uploaded file with a proposed matching of its columns. */
export async function createImport(
  ctx: RecordsContext,
  entity: ImportableEntity,
  upload: Upload,
  inspection: Inspection,
): Promise<string> {
  requirePermission(ctx.actor, `${entity}.create`);
  const { fields } = importerOf(entity);
  const { columns } = inspection;
  const mapping = proposeMapping(columns, fields, {});
  const id = uuidv7();
  await insertImport(ctx, {
    id,
    entity,
    fileName: upload.name,
    fileSize: upload.size,
    storageKey: upload.key,
    encoding: inspection.encoding,
    delimiter: inspection.delimiter,
    columns,
    mapping: {
      ...mapping,
      options: {
        currency: ctx.organization.currency,
        onDuplicate: "skip",
        openDeals: false,
        decimalMark: markOf(mapping, fields, inspection),
      },
    },
    rows: inspection.rows,
  });
  ctx.emit({
    type: "import.uploaded",
    recordId: id,
    label: upload.name,
    ownerId: ctx.actor.memberId,
    facts: { fileName: upload.name, entity },
  });
  return id;
}

function markOf(
  { columns: mapped }: ImportMapping,
  fields: readonly ImportField[],
  { columns }: Inspection,
): "." | "," {
  const money = new Set(fields.filter(({ kind }) => kind === "money").map(({ name }) => name));
  return guessDecimalMark(
    mapped
      .filter(({ field }) => field !== null && money.has(field))
      .flatMap(({ index }) => columns[index]?.samples ?? []),
  );
}

export async function saveMapping(ctx: RecordsContext, importId: string, mapping: ImportMapping): Promise<void> {
  const made = await lockImport(ctx, importId);
  requireStep("map", made);
  checkMapping(mapping, made.columns, importerOf(made.entity).fields);
  const { currency } = mapping.options;
  if (currency !== undefined && !isCurrency(currency)) {
    throw invalidField("options.currency", "currency_unknown", "Not an ISO 4217 currency code");
  }
  await saveImport(ctx, importId, { mapping, status: "draft" });
}

/** Asks for the import to run: the handler of this event puts the job into the queue. */
export async function runImport(ctx: RecordsContext, importId: string): Promise<void> {
  const made = await lockImport(ctx, importId);
  requireStep("run", made);
  await saveImport(ctx, importId, { status: "queued", startedAt: ctx.now });
  const facts = { fileName: made.fileName, entity: made.entity };
  ctx.emit({ type: "import.requested", recordId: importId, label: made.fileName, ownerId: made.ownerId, facts });
}

export async function requestUndo(ctx: RecordsContext, importId: string): Promise<void> {
  const made = await lockImport(ctx, importId);
  requireStep("undo", made);
  requireUndoTime(made, ctx.now);
  await saveImport(ctx, importId, { status: "undoing" });
  ctx.emit({
    type: "import.undo-requested",
    recordId: importId,
    label: made.fileName,
    ownerId: made.ownerId,
    facts: { fileName: made.fileName },
  });
}
