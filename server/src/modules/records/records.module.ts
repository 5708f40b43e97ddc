import { on, type Module } from "#platform/module";
import { fileRoutes } from "./files/files.routes.ts";
import { importRoutes } from "./import/imports.routes.ts";
import { enqueueImport, enqueueUndo } from "./import/on-import-requested.handler.ts";
import { runImportJob, undoImportJob } from "./import/run-import.job.ts";
import { searchRoutes } from "./search/search.routes.ts";
import { trashRoutes } from "./trash/trash.routes.ts";

/** What holds for records of every kind: lists, files, imports, search, trash. */
export const records: Module = {
  name: "records",
  routes: [fileRoutes, importRoutes, searchRoutes, trashRoutes],
  handlers: [
    on("import.requested", "records.enqueue-import", enqueueImport),
    on("import.undo-requested", "records.enqueue-undo", enqueueUndo),
  ],
  jobs: [
    { name: "run-import", run: runImportJob },
    { name: "undo-import", run: undoImportJob },
  ],
};
