export { records } from "./records.module.ts";
export { numberOf, record, type RecordDefinition } from "./lists/record.ts";
export { listPage, pageOrder, type Filtering } from "./lists/list.query.ts";
export { listTotals } from "./lists/totals.query.ts";
export { provideCount } from "./lists/count-in-sight.query.ts";
export { nextNumber } from "./lists/numbers.query.ts";
export { minorOf } from "./lists/filter.query.ts";
export { deleteFiles, insertFile, listFileHashes } from "./files/files.store.ts";
export { fileSubjects, provideFileSubject } from "./files/file-subjects.query.ts";
export { provideImporter } from "./import/importers.query.ts";
export type { ImportField } from "./import/import.ts";
export type {
  Direction,
  Importer,
  MatchKey,
  ParsedRow,
  Proposal,
  Replaced,
  RevertResult,
  RowFault,
  RowPlan,
  RowResult,
  Seen,
  ValueCount,
  WrittenRow,
} from "./import/importer.ts";
export { readTimeline, type TimelineLine, type TimelineSource } from "./timeline/timeline.query.ts";
export { provideSearch, type Searchable } from "./search/searchable.query.ts";
export { provideTrash } from "./trash/trash.query.ts";
export { viewable } from "./views/viewable.ts";
export { provideViews } from "./views/viewables.query.ts";
export { tagsAfter, type BulkTarget } from "./bulk/bulk-target.ts";
export { provideBulk } from "./bulk/bulk-targets.query.ts";
export { customAfter, customOfNew, missingForStage } from "./custom-fields/custom-values.command.ts";
export type { CustomDocument } from "./custom-fields/custom-document.ts";
export { customReply } from "./custom-fields/custom-values.query.ts";
export { provideCustomFields } from "./custom-fields/custom-targets.query.ts";
export { nowAt, formerIds } from "./merges/redirects.query.ts";
export { keepMerge, lockedById, redirectRecords, refuseMerged, repoint, type Moved } from "./merges/merges.store.ts";
export { provideSharing } from "./sharing/shareables.query.ts";
