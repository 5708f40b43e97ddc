import { on, type Module } from "#platform/module";
import { bulkRoutes } from "./bulk/bulk-changes.routes.ts";
import { enqueueBulkChange, enqueueBulkUndo } from "./bulk/on-bulk-requested.handler.ts";
import { runBulkChangeJob, undoBulkChangeJob } from "./bulk/run-bulk-change.job.ts";
import { customFieldRoutes } from "./custom-fields/custom-fields.routes.ts";
import { fileRoutes } from "./files/files.routes.ts";
import { importRoutes } from "./import/imports.routes.ts";
import { enqueueImport, enqueueRedo, enqueueUndo } from "./import/on-import-requested.handler.ts";
import { redoImportJob, undoImportJob } from "./import/revert-import.job.ts";
import { runImportJob } from "./import/run-import.job.ts";
import { searchRoutes } from "./search/search.routes.ts";
import { sharingRoutes } from "./sharing/sharing.routes.ts";
import { trashRoutes } from "./trash/trash.routes.ts";
import { viewRoutes } from "./views/views.routes.ts";

/** What holds for records of every kind: lists, files, imports, search, trash, views, exports, bulk changes. */
export const records: Module = {
  name: "records",
  routes: [
    fileRoutes,
    importRoutes,
    searchRoutes,
    sharingRoutes,
    trashRoutes,
    viewRoutes,
    bulkRoutes,
    customFieldRoutes,
  ],
  handlers: [
    on("import.requested", "records.enqueue-import", enqueueImport),
    on("import.undo-requested", "records.enqueue-undo", enqueueUndo),
    on("import.redo-requested", "records.enqueue-redo", enqueueRedo),
    on("bulk.requested", "records.enqueue-bulk-change", enqueueBulkChange),
    on("bulk.undo-requested", "records.enqueue-bulk-undo", enqueueBulkUndo),
  ],
  jobs: [
    { name: "run-import", run: runImportJob },
    { name: "undo-import", run: undoImportJob },
    { name: "redo-import", run: redoImportJob },
    { name: "run-bulk-change", run: runBulkChangeJob },
    { name: "undo-bulk-change", run: undoBulkChangeJob },
  ],
};
