import * as contracts from "@rainmaker/contracts/records/imports";
import { serve, serveDownload, serveRead, serveSteps, serveUpload, type Http } from "#platform/http";
import { csvHead, csvLine } from "#platform/csv";
import { inspectFile } from "./csv-file.adapter.ts";
import { decideReviews } from "./decide-reviews.command.ts";
import { listFailed } from "./failed-rows.query.ts";
import { mostBytes } from "./import.ts";
import { getImport, listImports } from "./imports.query.ts";
import { previewImport } from "./preview-import.command.ts";
import { listKeptRows, listReviews } from "./review-rows.query.ts";
import { createImport, requestRedo, requestUndo, runImport, saveMapping } from "./start-import.command.ts";

export function importRoutes(http: Http): void {
  const upload = { folder: "imports", maxBytes: mostBytes };
  serveUpload(
    http,
    contracts.uploadImport,
    { ...upload, inspect: (file) => inspectFile(http.storage, file.key, file.head, file.type) },
    async (ctx, _, { entity }, file, inspection) => getImport(ctx, await createImport(ctx, entity, file, inspection)),
  );
  serveRead(http, contracts.listImports, "statement", (ctx, _, query) => listImports(ctx, query));
  serveRead(http, contracts.getImport, "statement", (ctx, { importId }) => getImport(ctx, importId));
  serve(http, contracts.updateImportMapping, async (ctx, { importId }, body) => {
    await saveMapping(ctx, importId, body);
    return getImport(ctx, importId);
  });
  serveSteps(http, contracts.previewImport, (caller, { importId }) =>
    previewImport(http.workplace, http.storage, caller, importId),
  );
  serve(http, contracts.runImport, async (ctx, { importId }) => {
    await runImport(ctx, importId);
    return getImport(ctx, importId);
  });
  serve(http, contracts.undoImport, async (ctx, { importId }) => {
    await requestUndo(ctx, importId);
    return getImport(ctx, importId);
  });
  serve(http, contracts.redoImport, async (ctx, { importId }) => {
    await requestRedo(ctx, importId);
    return getImport(ctx, importId);
  });
  serveRead(http, contracts.listKeptRows, "statement", (ctx, { importId }, query) =>
    listKeptRows(ctx, importId, query),
  );
  serveRead(http, contracts.listReviews, "statement", (ctx, { importId }, query) => listReviews(ctx, importId, query));
  serve(http, contracts.decideReviews, async (ctx, { importId }, body) => {
    await decideReviews(ctx, importId, body);
    return getImport(ctx, importId);
  });
  serveDownload(http, contracts.importErrorFile, async (ctx, { importId }) => {
    const { columns, fileName } = await getImport(ctx, importId);
    const head = [...columns.map(({ header }) => header), "_row", "_field", "_code", "_message"];
    const failed = await listFailed(ctx, importId);
    const lines = failed.map(({ row, cells, field, code, message }) => {
      const padded = columns.map((_, index) => cells[index] ?? "");
      return [...padded, String(row), field, code, message];
    });
    return {
      content: Buffer.from(csvHead(head) + lines.map(csvLine).join("")),
      type: "text/csv; charset=utf-8",
      name: `errors of ${fileName}`,
      inline: false,
    };
  });
}
