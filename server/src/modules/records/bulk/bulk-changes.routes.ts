import * as contracts from "@rainmaker/contracts/records/bulk";
import { serve, serveRead, serveSteps, type Http } from "#platform/http";
import { getBulkChange, listBulkChanges } from "./bulk-changes.query.ts";
import { cancelBulkChange } from "./run-bulk-change.command.ts";
import { requestBulkUndo, startBulkChange, tryBulkChange } from "./start-bulk-change.command.ts";

export function bulkRoutes(http: Http): void {
  serveSteps(http, contracts.tryBulkChange, (caller, _, body) => tryBulkChange(http.workplace, caller, body));
  serve(http, contracts.startBulkChange, async (ctx, _, body) => getBulkChange(ctx, await startBulkChange(ctx, body)));
  serveRead(http, contracts.listBulkChanges, "statement", (ctx, _, query) => listBulkChanges(ctx, query));
  serveRead(http, contracts.getBulkChange, "statement", (ctx, { bulkChangeId }) => getBulkChange(ctx, bulkChangeId));
  serve(http, contracts.cancelBulkChange, async (ctx, { bulkChangeId }) => {
    await cancelBulkChange(ctx, bulkChangeId);
    return getBulkChange(ctx, bulkChangeId);
  });
  serve(http, contracts.undoBulkChange, async (ctx, { bulkChangeId }) => {
    await requestBulkUndo(ctx, bulkChangeId);
    return getBulkChange(ctx, bulkChangeId);
  });
}
