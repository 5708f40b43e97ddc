import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomValues } from "@rainmaker/contracts/records/custom-values";
import { customName } from "@rainmaker/contracts/records/custom-types";
import type { Column } from "#ui/data-table";
import { QuietText } from "#ui/quiet-text";
import { canSortBy, shownText } from "./custom-words.ts";

const figures: ReadonlySet<CustomField["type"]> = new Set(["number", "money", "percent", "auto_number"]);

/** Columns of the organization's own fields, for any table of records that have them. */
export function customColumns<Row extends { readonly custom: CustomValues }>(
  fields: readonly CustomField[],
): readonly Column<Row>[] {
  return fields.map((field): Column<Row> => {
    const name = customName(field.key);
    return {
      key: name,
      head: field.label,
      className: "max-w-56 truncate",
      render: ({ custom }) => <QuietText>{shownText(field, custom[field.key])}</QuietText>,
      ...(canSortBy(field) && { sort: name }),
      ...(figures.has(field.type) && { align: "right" as const }),
    };
  });
}
