import { isCurrency } from "@rainmaker/contracts/currencies";
import type { ImportMapping, ImportableEntity } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import { requirePermission, type Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import type { Upload } from "#platform/http";
import type { RecordsContext } from "../records.context.ts";
import { guessDecimalMark } from "./cells.ts";
import type { Inspection } from "./csv-file.adapter.ts";
import {
  checkDefaults,
  checkMapping,
  headersKey,
  mappingAsBefore,
  proposeMapping,
  requireStep,
  requireUndoTime,
  type Import,
  type ImportField,
} from "./import.ts";
import { forgetRefusals } from "./import-rows.store.ts";
import type { Importer } from "./importer.ts";
import { importerFor } from "../custom-fields/custom-importer.command.ts";
import { findEarlier, insertImport, lockImport, saveImport } from "./imports.store.ts";

/** Keeps an uploaded file with a proposed matching of its columns. */
export async function createImport(
  ctx: RecordsContext,
  entity: ImportableEntity,
  upload: Upload,
  inspection: Inspection,
): Promise<string> {
  const importer = await importerFor(ctx, entity);
  requirePermission(ctx.actor, importer.permission);
  const { columns } = inspection;
  const key = headersKey(columns);
  const earlier = await findEarlier(ctx, entity, key);
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
    mapping: earlier === null ? firstMapping(ctx, importer, inspection) : mappingAsBefore(columns, earlier),
    headerKey: key,
    matchedAs: earlier?.id ?? null,
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

function firstMapping(
  ctx: RecordsContext,
  { fields, nouns, defaultsFor }: Importer<Context>,
  inspection: Inspection,
): ImportMapping {
  const columns = proposeMapping(inspection.columns, fields, nouns);
  const decimalMark = markOf(columns, fields, inspection);
  const { currency } = ctx.organization;
  const defaults = defaultsFor?.(inspection.columns.map(({ header }) => header)) ?? {};
  return { columns, options: { currency, onDuplicate: "skip", openDeals: false, decimalMark, defaults } };
}

function markOf(mapped: ImportMapping["columns"], fields: readonly ImportField[], { columns }: Inspection): "." | "," {
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
  const { fields, matchKeys } = await importerFor(ctx, made.entity);
  checkMapping(mapping, made.columns, fields);
  const { currency } = mapping.options;
  if (currency !== undefined && !isCurrency(currency)) {
    throw invalidField("options.currency", "currency_unknown", "Not an ISO 4217 currency code");
  }
  checkDefaults(mapping, fields);
  const { matchBy } = mapping.options;
  if (matchBy !== undefined && !matchKeys.includes(matchBy)) {
    throw invalidField("options.matchBy", "match_key_unknown", `A row is not recognised by its ${matchBy} here`);
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
  await forgetRefusals(ctx, importId, "undo");
  await saveImport(ctx, importId, { status: "undoing" });
  ctx.emit({ type: "import.undo-requested", ...about(made) });
}

/** Undoes the undoing, for as long as the import could have been undone. */
export async function requestRedo(ctx: RecordsContext, importId: string): Promise<void> {
  const made = await lockImport(ctx, importId);
  requireStep("redo", made);
  requireUndoTime(made, ctx.now);
  await forgetRefusals(ctx, importId, "redo");
  await saveImport(ctx, importId, { status: "redoing" });
  ctx.emit({ type: "import.redo-requested", ...about(made) });
}

function about({ id, fileName, ownerId }: Import): {
  recordId: string;
  label: string;
  ownerId: string;
  facts: { fileName: string };
} {
  return { recordId: id, label: fileName, ownerId, facts: { fileName } };
}
