// What other features may use of this one.
export { customColumns } from "./custom-fields/custom-columns.tsx";
export { askedFields, customOf, type CustomDrafts } from "./custom-fields/custom-drafts.ts";
export { CustomFacts, type CustomFactsProps } from "./custom-fields/custom-facts.tsx";
export { CustomFormFields } from "./custom-fields/custom-form.tsx";
export { viewFieldsOf } from "./custom-fields/custom-words.ts";
export { useCustomFields } from "./custom-fields/use-custom-fields.ts";
export { BulkBar } from "./views/bulk-bar.tsx";
export type { BulkField } from "./views/bulk-value.tsx";
export { ColumnChooser } from "./views/column-chooser.tsx";
export { exportRecords } from "./views/use-bulk.ts";
export { asSaved, useShownView, type ShownView } from "./views/use-views.ts";
export { ViewActions } from "./views/view-actions.tsx";
export type { ViewField } from "./views/view-fields.ts";
export { isBroken } from "./views/broken-filter.tsx";
export { columnKeys } from "./views/columns.ts";
export { RecordTable } from "./views/record-table.tsx";
export {
  filterQueryOf,
  knownSort,
  rowsQuery,
  totalsQuery,
  useRows,
  type RowsQuery,
  type TotalsQuery,
} from "./views/pages.ts";
export { tagField } from "./views/tag-field.ts";
export { useAssignField, usePeopleFields } from "./views/use-people-fields.ts";
export { ViewTabs } from "./views/view-tabs.tsx";
export { ListBar } from "./views/list-bar.tsx";
export { ShareButton } from "./sharing/share-button.tsx";
