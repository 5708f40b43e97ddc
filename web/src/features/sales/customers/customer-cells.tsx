import { listCustomers, updateCustomer, type CustomerRow } from "@rainmaker/contracts/sales/customers";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { bodyCheck } from "#lib/check-body";
import { saveListedField } from "#lib/save-field";
import { useCan } from "#lib/session";
import { InlineCell } from "#ui/inline-cell";
import { QuietText } from "#ui/quiet-text";
import { TextField } from "#ui/text-field";

const wrongWith = bodyCheck(updateCustomer);

type TextCellProps = {
  readonly customer: CustomerRow;
  readonly field: "industry" | "location" | "phone";
  readonly label: string;
};

/** A fact of a customer, changed where it stands in the list. */
export function TextCell({ customer, field, label }: TextCellProps): ReactElement {
  const mayEdit = useCan("customer.edit");
  const value = customer[field];
  if (!mayEdit) return <QuietText>{value}</QuietText>;
  const read = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  return (
    <InlineCell
      label={label}
      of={customer.name}
      value={value ?? ""}
      display={value === null ? null : <span className="truncate text-muted">{value}</span>}
      check={(text) => wrongWith({ [field]: read(text) })}
      onSave={(text) =>
        saveListedField(listCustomers, customer, field, read(text), {
          send: (seenVersion) =>
            call(updateCustomer, { params: { customerId: customer.id }, body: { [field]: read(text) }, seenVersion }),
          entities: ["customer"],
        })
      }
    >
      {(edit) => <TextField {...edit} />}
    </InlineCell>
  );
}
