export { numberOf, record, type FilterDefinition, type RecordDefinition, type SortDefinition } from "./lists/record.ts";
export { listPage, pageOrder, type Page } from "./lists/list.query.ts";
export { nextNumber } from "./lists/numbers.query.ts";
