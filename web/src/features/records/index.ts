// What other features may use of this one.
export { BulkBar } from "./views/bulk-bar.tsx";
export type { BulkField } from "./views/bulk-value.tsx";
export { ColumnChooser } from "./views/column-chooser.tsx";
export { FilterBar } from "./views/filter-bar.tsx";
export { exportRecords } from "./views/use-bulk.ts";
export { useShownView, type ShownView } from "./views/use-views.ts";
export { ViewActions, ViewChanges } from "./views/view-actions.tsx";
export type { ViewField } from "./views/view-fields.ts";
