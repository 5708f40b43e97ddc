export { records } from "./records.module.ts";
export { numberOf, record, type FilterDefinition, type RecordDefinition, type SortDefinition } from "./lists/record.ts";
export { listPage, pageOrder, type Page } from "./lists/list.query.ts";
export { nextNumber } from "./lists/numbers.query.ts";
export { insertFile, listFileHashes, type NewFile } from "./files/files.store.ts";
export { fileSubjects, provideFileSubject } from "./files/file-subjects.query.ts";
