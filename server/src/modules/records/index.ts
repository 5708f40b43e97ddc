export { records } from "./records.module.ts";
export { numberOf, record, type FilterDefinition, type RecordDefinition, type SortDefinition } from "./lists/record.ts";
export { listPage, pageOrder, type Page } from "./lists/list.query.ts";
export { nextNumber } from "./lists/numbers.query.ts";
export { insertFile, listFileHashes, type NewFile } from "./files/files.store.ts";
export { fileSubjects, provideFileSubject } from "./files/file-subjects.query.ts";
export { provideImporter } from "./import/importers.query.ts";
export type { ImportField } from "./import/import.ts";
export type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult, ValueCount } from "./import/importer.ts";
