import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { listOpportunities, type OpportunityRow } from "@rainmaker/contracts/sales/opportunities";
import { updateOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { formatMoney } from "#lib/format";
import { saveListedField } from "#lib/save-field";
import { useCan, useUser } from "#lib/session";
import { DateField } from "#ui/date-field";
import { InlineCell } from "#ui/inline-cell";
import { DayText } from "#ui/moment";
import { MoneyField } from "#ui/money-field";
import { PersonName } from "#ui/person-name";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { wrongWith } from "../opportunities/check-opportunity.ts";
import { priorityChoices, priorityNames } from "../opportunities/opportunity-words.ts";
import { useToday } from "../opportunities/use-today.ts";
import { OwnerPicker, useOwnerOf } from "../owner-picker.tsx";

type CellProps = { readonly card: OpportunityRow };
type Editable = "amount" | "expectedCloseOn" | "nextStep" | "owner" | "source" | "priority";

/** Writes one fact of a row. @throws FieldConflict where somebody else changed the same fact */
async function saveCell<K extends Editable>(
  card: OpportunityRow,
  field: K,
  value: OpportunityRow[K],
  body: BodyOf<typeof updateOpportunity>,
): Promise<void> {
  const params = { opportunityId: card.id };
  await saveListedField(listOpportunities, card, field, value, {
    send: (seenVersion) => call(updateOpportunity, { params, body, seenVersion }),
    entities: ["opportunity"],
  });
}

type TextCellProps = CellProps & {
  readonly field: "nextStep" | "source";
  readonly label: string;
  readonly empty?: ReactElement;
};

export function TextCell({ card, field, label, empty }: TextCellProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const value = card[field];
  const display =
    value === null || value.trim() === "" ? null : <span className="block truncate text-muted">{value}</span>;
  if (!mayEdit) return display ?? empty ?? <span className="text-subtle">None</span>;
  const read = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  return (
    <InlineCell
      label={label}
      of={card.title}
      value={value ?? ""}
      display={display ?? empty ?? null}
      check={(text) => wrongWith({ [field]: read(text) })}
      onSave={(text) => saveCell(card, field, read(text), { [field]: read(text) })}
    >
      {(edit) => <TextField {...edit} />}
    </InlineCell>
  );
}

export function AmountCell({ card }: CellProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const { organization } = useUser();
  const { amount } = card;
  const currency = amount?.currency ?? organization?.currency ?? "USD";
  const display = amount === null ? null : <span className="tnum">{formatMoney(amount, { style: "short" })}</span>;
  if (!mayEdit || card.stage.kind === "won") return display ?? <span className="text-subtle">None yet</span>;
  const moneyOf = (text: string | null): OpportunityRow["amount"] =>
    text === null ? null : { amount: text, currency };
  return (
    <InlineCell<string | null>
      label="Value"
      of={card.title}
      align="right"
      value={amount?.amount ?? null}
      display={display}
      check={(text) => wrongWith({ amount: moneyOf(text) })}
      onSave={(text) => saveCell(card, "amount", moneyOf(text), { amount: moneyOf(text) })}
    >
      {(field) => <MoneyField {...field} currency={currency} />}
    </InlineCell>
  );
}

export function CloseCell({ card }: CellProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const today = useToday();
  const day = card.closedOn ?? card.expectedCloseOn;
  const display = day === null ? null : <DayText day={day} />;
  if (!mayEdit || card.stage.kind !== "open") return display ?? <span className="text-subtle">No date</span>;
  return (
    <InlineCell<string | null>
      label="Closing day"
      of={card.title}
      value={day}
      display={display}
      check={(expectedCloseOn) => wrongWith({ expectedCloseOn })}
      onSave={(expectedCloseOn) => saveCell(card, "expectedCloseOn", expectedCloseOn, { expectedCloseOn })}
    >
      {(field) => <DateField {...field} today={today} min={today} />}
    </InlineCell>
  );
}

export function OwnerCell({ card }: CellProps): ReactElement {
  const mayAssign = useCan("opportunity.assign");
  const ownerOf = useOwnerOf();
  const { owner } = card;
  const display = owner === null ? null : <PersonName person={owner} />;
  if (!mayAssign || card.stage.kind === "won") return display ?? <span className="text-subtle">Nobody</span>;
  const save = (id: string | null): Promise<void> => {
    const next = ownerOf(id);
    return saveCell(card, "owner", next, { ownerId: next?.id ?? null });
  };
  return (
    <InlineCell<string | null> label="Owner" of={card.title} value={owner?.id ?? null} display={display} onSave={save}>
      {(field) => <OwnerPicker {...field} owner={owner} />}
    </InlineCell>
  );
}

export function PriorityCell({ card }: CellProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const { priority } = card;
  const display = priority === null ? null : <span className="text-muted">{priorityNames[priority]}</span>;
  if (!mayEdit) return display ?? <span className="text-subtle">None</span>;
  return (
    <InlineCell<OpportunityRow["priority"]>
      label="Priority"
      of={card.title}
      value={priority}
      display={display}
      onSave={(next) => saveCell(card, "priority", next, { priority: next })}
    >
      {({ value, onChange, ...field }) => (
        <SelectField
          {...field}
          value={value ?? ""}
          placeholder="None"
          options={priorityChoices}
          onChange={(next) => onChange(next === "" ? null : next)}
        />
      )}
    </InlineCell>
  );
}
