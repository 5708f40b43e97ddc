import type { Context } from "#platform/context";
import type { DB } from "#platform/schema";

/** Tables this module owns. Those of the entities it is told about it reads and writes by their definitions. */
export type RecordsTables = Pick<
  DB,
  | "file"
  | "import"
  | "import_row"
  | "record_grant"
  | "record_key"
  | "record_merge"
  | "record_redirect"
  | "duplicate_pair"
  | "collaborator"
  | "counter"
  | "organization.member_ref"
  | "saved_view"
  | "view_arrangement"
  | "record_export"
  | "bulk_change"
  | "bulk_change_row"
  | "custom_field"
  | "custom_value"
>;

export type RecordsContext = Context<RecordsTables>;
