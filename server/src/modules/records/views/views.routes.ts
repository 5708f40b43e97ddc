import * as contracts from "@rainmaker/contracts/records/views";
import { Readable } from "node:stream";
import { serve, serveDownload, serveRead, type Http } from "#platform/http";
import { createExport, exportLines } from "./export-records.command.ts";
import { getExport } from "./exports.query.ts";
import { arrangeViews, createView, deleteView, restoreView, updateView } from "./save-view.command.ts";
import { getView, listViews } from "./views.query.ts";

export function viewRoutes(http: Http): void {
  serveRead(http, contracts.listViews, "statement", (ctx, _, query) => listViews(ctx, query));
  serve(http, contracts.createView, async (ctx, _, body) => getView(ctx, await createView(ctx, body)));
  serve(http, contracts.updateView, async (ctx, { viewId }, body, asked) => {
    await updateView(ctx, viewId, body, asked);
    return getView(ctx, viewId);
  });
  serve(http, contracts.deleteView, (ctx, { viewId }, _, asked) => deleteView(ctx, viewId, asked));
  serve(http, contracts.restoreView, async (ctx, { viewId }) => {
    await restoreView(ctx, viewId);
    return getView(ctx, viewId);
  });
  serve(http, contracts.arrangeViews, (ctx, _, body) => arrangeViews(ctx, body));
  serve(http, contracts.createExport, (ctx, _, body) => createExport(ctx, body));
  serveDownload(http, contracts.readExport, async (ctx, { exportId }) => {
    const made = await getExport(ctx, exportId);
    return {
      content: Readable.from(exportLines(http.workplace, ctx, made)),
      type: "text/csv; charset=utf-8",
      name: made.fileName,
      inline: false,
    };
  });
}
