import type { CustomerId, MemberId, StageId } from "@rainmaker/contracts/ids";
import { getCustomer } from "@rainmaker/contracts/sales/customers";
import { type Opportunity } from "@rainmaker/contracts/sales/opportunities";
import { createOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import { type Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { askedFields, CustomFormFields, customOf, useCustomFields, type CustomDrafts } from "#features/records";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, liveQuery } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { PeoplePicker } from "#ui/people-picker";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { CustomerChoice } from "./customer-choice.tsx";
import { useToday } from "./use-today.ts";

type NewOpportunitySheetProps = {
  readonly isOpen: boolean;
  /** Whom it is opened for, where that is known. */
  readonly customerId: CustomerId | undefined;
  readonly pipeline: Pipeline;
  readonly onClose: () => void;
};

/** Opened anew each time: what was left behind was discarded. */
export function NewOpportunitySheet(props: NewOpportunitySheetProps): ReactElement | null {
  return props.isOpen ? <OpenSheet {...props} /> : null;
}

type Values = {
  readonly title: string;
  readonly customerId: CustomerId | null;
  readonly amount: string | null;
  readonly expectedCloseOn: string | null;
  readonly stageId: StageId | "";
  readonly nextStep: string;
  readonly ownerId: MemberId | null;
  readonly custom: CustomDrafts;
};

function blank(stageId: Values["stageId"], customerId: CustomerId | null): Values {
  return {
    title: "",
    customerId,
    amount: null,
    expectedCloseOn: null,
    stageId,
    nextStep: "",
    ownerId: null,
    custom: {},
  };
}

function bodyOf(values: Values, { id, currency }: Pipeline): object {
  const { title, amount, stageId, nextStep, ownerId, customerId, expectedCloseOn } = values;
  return {
    pipelineId: id,
    title,
    ...(customerId !== null && { customerId }),
    ...(amount !== null && { amount: { amount, currency } }),
    ...(expectedCloseOn !== null && { expectedCloseOn }),
    ...(stageId !== "" && { stageId }),
    ...(nextStep.trim() !== "" && { nextStep }),
    ...(ownerId !== null && { ownerId }),
  };
}

function OpenSheet({ pipeline, customerId, onClose }: NewOpportunitySheetProps): ReactElement {
  const navigate = useNavigate();
  const keyFor = useIntentKey();
  const fields = askedFields(useCustomFields("opportunity"));
  const stages = pipeline.stages.filter(({ kind }) => kind === "open");
  const done = ({ id, number, title }: Opportunity): void => {
    void invalidateEntities(["opportunity"]);
    const open = (): void => void navigate({ to: "/opportunities/$opportunityId", params: { opportunityId: id } });
    notify({ tone: "done", title: `${number}, ${title}, opened`, action: { label: "Open", run: open } });
    onClose();
  };
  const form = useForm({
    initial: blank(stages[0]?.id ?? "", customerId ?? null),
    schema: createOpportunity.body,
    toBody: (values) => ({ ...bodyOf(values, pipeline), ...customOf(fields, values.custom) }),
    send: (body) => call(createOpportunity, { body, idempotencyKey: keyFor(body) }),
    onDone: done,
    words: { title: "Say what is being sold" },
  });
  const customer = useQuery({
    ...liveQuery(getCustomer, { params: { customerId: customerId as CustomerId } }, ["customer"]),
    enabled: customerId !== undefined,
  }).data;
  const formId = useId();
  const today = useToday();
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="New opportunity"
      context={pipeline.name}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Open opportunity
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <TextField
          label="Title"
          placeholder="Ground fleet tracking, 420 vehicles"
          inputRef={takeFocus}
          {...form.field("title")}
        />
        <CustomerChoice label="Customer" isOptional current={customer ?? null} {...form.field("customerId")} />
        <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <MoneyField label="Value" isOptional currency={pipeline.currency} {...form.field("amount")} />
          <DateField label="Expected close" isOptional today={today} min={today} {...form.field("expectedCloseOn")} />
        </div>
        <SelectField
          label="Stage"
          options={stages.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.field("stageId")}
        />
        <TextField label="Next step" isOptional placeholder="Call Ruth on Friday" {...form.field("nextStep")} />
        <OwnerField {...form.field("ownerId")} />
        <CustomFormFields
          fields={fields}
          drafts={form.values.custom}
          onChange={(custom) => form.set({ custom })}
          errorAt={form.errorAt}
        />
      </form>
    </Sheet>
  );
}

/** Typing starts at once; otherwise the sheet would put the focus on its first button. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
}

type OwnerFieldProps = {
  readonly value: MemberId | null;
  readonly onChange: (owner: MemberId | null) => void;
  readonly error: string | undefined;
};

/** Only for those who may give a record to somebody else; everybody else keeps what they open. */
function OwnerField(props: OwnerFieldProps): ReactElement | null {
  const user = useUser();
  const mayAssign = useCan("opportunity.assign");
  const members = useAllMembers().filter(({ status }) => status === "active");
  if (!mayAssign) return null;
  return (
    <PeoplePicker
      label="Owner"
      people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
      {...props}
      value={props.value ?? user.id}
      onChange={(id) => props.onChange(members.find((member) => member.id === id)?.id ?? null)}
    />
  );
}
