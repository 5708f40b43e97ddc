import { ArrowUpRight } from "lucide-react";
import type { ReactElement } from "react";
import { formatFullDay, formatMoney } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { ButtonLink } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { DateField } from "#ui/date-field";
import { InlineField } from "#ui/inline-field";
import { DayText, Moment } from "#ui/moment";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { TextArea, TextField } from "#ui/text-field";
import { FurtherFacts } from "../further-facts.tsx";
import { OwnerFact } from "../record-facts.tsx";
import { CustomerChoice, type CustomerRef } from "./customer-choice.tsx";
import { wrongWith } from "./check-opportunity.ts";
import { priorityChoices, priorityNames } from "./opportunity-words.ts";
import { useToday } from "./use-today.ts";
import { saveCustom, saveFact, type OpportunityDetail } from "./use-opportunity.ts";

type FactsProps = { readonly opportunity: OpportunityDetail };

/** What is known about an opportunity, each fact changed where it stands. */
export function OpportunityFacts({ opportunity }: FactsProps): ReactElement {
  const [mayEdit, mayAssign] = [useCan("opportunity.edit"), useCan("opportunity.assign")];
  return (
    <>
      <Card>
        <CardHead title="Facts" />
        <CardBody>
          <dl>
            <TextFact opportunity={opportunity} field="title" label="Title" emptyLabel="Add a title" />
            <CustomerFact opportunity={opportunity} />
            <AmountFact opportunity={opportunity} />
            <CloseFact opportunity={opportunity} />
            <TextFact opportunity={opportunity} field="nextStep" label="Next step" emptyLabel="Plan the next step" />
            <NextStepDayFact opportunity={opportunity} />
            <OwnerFact
              owner={opportunity.owner}
              mayAssign={mayAssign}
              onSave={(owner) => saveFact(opportunity, "owner", owner, { ownerId: owner?.id ?? null })}
            />
            <PriorityFact opportunity={opportunity} />
            <TextFact opportunity={opportunity} field="source" label="Source" emptyLabel="Say where it came from" />
            <TextFact
              opportunity={opportunity}
              field="description"
              label="Description"
              emptyLabel="Describe what they need"
              isLong
            />
            <TextFact
              opportunity={opportunity}
              field="externalId"
              label="Other id"
              emptyLabel="Add the id of another system"
            />
          </dl>
          <p className="px-0.5 pt-3 text-xs text-subtle">
            Opened {formatFullDay(opportunity.openedOn)}, last changed{" "}
            <Moment at={opportunity.updatedAt} isInSentence />
          </p>
        </CardBody>
      </Card>
      <FurtherFacts
        entity="opportunity"
        custom={opportunity.custom}
        mayEdit={mayEdit}
        onSave={(shown, sent, key) => saveCustom(opportunity, shown, sent, key)}
      />
    </>
  );
}

type TextFactProps = FactsProps & {
  readonly field: "title" | "nextStep" | "externalId" | "source" | "description";
  readonly label: string;
  readonly emptyLabel: string;
  readonly isLong?: boolean;
};

export function TextFact({ opportunity, field, label, emptyLabel, isLong = false }: TextFactProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const value = opportunity[field];
  const read = (text: string): string | null => (text.trim() === "" && field !== "title" ? null : text.trim());
  return (
    <InlineField
      label={label}
      value={value ?? ""}
      display={value === null ? null : <span className="whitespace-pre-line">{value}</span>}
      emptyLabel={emptyLabel}
      isReadOnly={!mayEdit}
      check={(text) =>
        field === "title" && text.trim() === "" ? "An opportunity needs a title" : wrongWith({ [field]: read(text) })
      }
      onSave={(text) => saveFact(opportunity, field, read(text) as never, { [field]: read(text) })}
    >
      {(edit) => (isLong ? <TextArea {...edit} /> : <TextField {...edit} />)}
    </InlineField>
  );
}

function CustomerFact({ opportunity }: FactsProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const { customer } = opportunity;
  const open = customer !== null && (
    <ButtonLink
      to="/customers/$customerId"
      params={{ customerId: customer.id }}
      tone="ghost"
      size="xs"
      icon={ArrowUpRight}
      aria-label={`Open ${customer.name}`}
      className="pointer-coarse:size-11"
    />
  );
  return (
    <InlineField<CustomerRef | null>
      label="Customer"
      value={customer}
      display={customer?.name ?? null}
      emptyLabel="Choose a customer"
      isReadOnly={!mayEdit}
      end={open}
      onSave={(next) => saveFact(opportunity, "customer", next, { customerId: next?.id ?? null })}
    >
      {({ value, onChange, ...field }) => (
        <CustomerChoice {...field} value={value?.id ?? null} current={value} onChange={(_id, next) => onChange(next)} />
      )}
    </InlineField>
  );
}

function AmountFact({ opportunity }: FactsProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const { organization } = useUser();
  const { amount } = opportunity;
  const currency = amount?.currency ?? organization?.currency ?? "USD";
  const moneyOf = (text: string | null): OpportunityDetail["amount"] =>
    text === null ? null : { amount: text, currency };
  return (
    <InlineField<string | null>
      label="Value"
      value={amount?.amount ?? null}
      display={amount === null ? null : <span className="tnum">{formatMoney(amount, { style: "short" })}</span>}
      emptyLabel="Put a value on it"
      isReadOnly={!mayEdit}
      check={(text) => wrongWith({ amount: moneyOf(text) })}
      onSave={(text) => saveFact(opportunity, "amount", moneyOf(text), { amount: moneyOf(text) })}
    >
      {(field) => <MoneyField {...field} currency={currency} />}
    </InlineField>
  );
}

function CloseFact({ opportunity }: FactsProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const today = useToday();
  const { stage, closedOn, expectedCloseOn } = opportunity;
  const day = stage.kind === "open" ? expectedCloseOn : closedOn;
  const label = { open: "Closes", won: "Won on", lost: "Lost on" }[stage.kind];
  return (
    <InlineField<string | null>
      label={label}
      value={day}
      display={day === null ? null : <DayText day={day} />}
      emptyLabel="Say when it should close"
      isReadOnly={!mayEdit || stage.kind !== "open"}
      check={(expectedCloseOn) => wrongWith({ expectedCloseOn })}
      onSave={(expectedCloseOn) => saveFact(opportunity, "expectedCloseOn", expectedCloseOn, { expectedCloseOn })}
    >
      {(field) => <DateField {...field} today={today} min={today} />}
    </InlineField>
  );
}

/** Until that day it counts as looked after, however long nobody has been in touch. */
function NextStepDayFact({ opportunity }: FactsProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const today = useToday();
  const { nextStepOn, stage } = opportunity;
  return (
    <InlineField<string | null>
      label="Next step on"
      value={nextStepOn}
      display={nextStepOn === null ? null : <DayText day={nextStepOn} />}
      emptyLabel="Say when"
      isReadOnly={!mayEdit || stage.kind !== "open"}
      check={(day) => wrongWith({ nextStepOn: day })}
      onSave={(day) => saveFact(opportunity, "nextStepOn", day, { nextStepOn: day })}
    >
      {(field) => <DateField {...field} today={today} />}
    </InlineField>
  );
}

function PriorityFact({ opportunity }: FactsProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const { priority } = opportunity;
  return (
    <InlineField<OpportunityDetail["priority"]>
      label="Priority"
      value={priority}
      display={priority === null ? null : priorityNames[priority]}
      emptyLabel="Set a priority"
      isReadOnly={!mayEdit}
      onSave={(next) => saveFact(opportunity, "priority", next, { priority: next })}
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
    </InlineField>
  );
}
