import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { customerKinds } from "@rainmaker/contracts/sales/customers";
import { createCustomer, type Customer } from "@rainmaker/contracts/sales/customers";
import { useId, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { askedFields, CustomFormFields, customOf, useCustomFields, type CustomDrafts } from "#features/records";
import { call } from "#lib/api";
import { useForm, type Form } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { Button } from "#ui/button";
import { Field } from "#ui/field";
import { FormProblem } from "#ui/form-problem";
import { PeoplePicker } from "#ui/people-picker";
import { Segmented } from "#ui/segmented";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { LooksLike } from "../duplicates/looks-like.tsx";

type Kind = (typeof customerKinds)[number];

type Values = {
  readonly name: string;
  readonly kind: Kind;
  readonly industry: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
  readonly location: string;
  readonly ownerId: string | null;
  readonly custom: CustomDrafts;
};

type NewCustomerSheetProps = { readonly onClose: () => void; readonly onDone: (customer: Customer) => void };

export function NewCustomerSheet({ onClose, onDone }: NewCustomerSheetProps): ReactElement {
  const user = useUser();
  const formId = useId();
  const intentKey = useIntentKey();
  const fields = askedFields(useCustomFields("customer"));
  const initial: Values = {
    name: "",
    kind: "company",
    industry: "",
    email: "",
    phone: "",
    website: "",
    location: "",
    ownerId: user.id,
    custom: {},
  };
  const form = useForm({
    initial,
    schema: createCustomer.body,
    toBody: (values) => filled(values, fields),
    send: (body) => call(createCustomer, { body, idempotencyKey: intentKey(body) }),
    onDone: (saved) => {
      void invalidateEntities(["customer"]);
      onDone(saved);
    },
    words: { too_small: "Write the customer's name" },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="New customer"
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Add customer
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Fields form={form} />
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

/** Fields left empty are not sent. */
function filled({ custom, ...values }: Values, fields: readonly CustomField[]): object {
  const given = Object.entries(values).filter(
    ([name, value]) => name === "name" || (value !== null && value.trim() !== ""),
  );
  return { ...Object.fromEntries(given), ...customOf(fields, custom) };
}

function saidOf({ name, email, phone, website }: Values): Readonly<Record<string, string>> {
  return { name, email, phone, website };
}

function Fields({ form }: { readonly form: Form<Values> }): ReactElement {
  const mayAssign = useCan("customer.assign");
  const members = useAllMembers().filter(({ status }) => status === "active");
  const kind = form.field("kind");
  return (
    <>
      <TextField label="Name" {...form.field("name")} />
      <Field label="Kind">
        {() => (
          <Segmented
            label="Kind"
            className="self-start"
            value={kind.value}
            onChange={kind.onChange}
            options={[
              { value: "company", label: "Company" },
              { value: "person", label: "Person" },
            ]}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <TextField label="Industry" isOptional {...form.field("industry")} />
        <TextField label="Location" isOptional {...form.field("location")} />
        <TextField label="E-mail" type="email" isOptional {...form.field("email")} />
        <TextField label="Phone" type="tel" isOptional {...form.field("phone")} />
      </div>
      <TextField label="Website" isOptional {...form.field("website")} />
      <LooksLike entity="customer" said={saidOf(form.values)} />
      {mayAssign && (
        <PeoplePicker
          label="Owner"
          people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
          {...form.field("ownerId")}
        />
      )}
    </>
  );
}
