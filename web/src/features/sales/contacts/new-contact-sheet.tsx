import type { CustomerId } from "@rainmaker/contracts/ids";
import { createContact, type Contact } from "@rainmaker/contracts/sales/contacts";
import { getCustomer } from "@rainmaker/contracts/sales/customers";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactElement } from "react";
import { askedFields, CustomFormFields, customOf, useCustomFields, type CustomDrafts } from "#features/records";
import { call } from "#lib/api";
import { useForm, type Form } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, liveQuery } from "#lib/query";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { LooksLike } from "../duplicates/looks-like.tsx";
import { CustomerChoice } from "../opportunities/customer-choice.tsx";

type Values = {
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly emails: string;
  readonly phones: string;
  readonly customers: CustomerId | null;
  readonly role: string;
  readonly custom: CustomDrafts;
};

type NewContactSheetProps = {
  readonly customerId: CustomerId | undefined;
  readonly onClose: () => void;
  readonly onDone: (contact: Contact) => void;
};

export function NewContactSheet({ customerId, onClose, onDone }: NewContactSheetProps): ReactElement {
  const formId = useId();
  const intentKey = useIntentKey();
  const fields = askedFields(useCustomFields("contact"));
  const blank: Values = {
    firstName: "",
    lastName: "",
    title: "",
    emails: "",
    phones: "",
    customers: customerId ?? null,
    role: "",
    custom: {},
  };
  const form = useForm({
    initial: blank,
    schema: createContact.body,
    toBody: (values) => ({ ...bodyOf(values), ...customOf(fields, values.custom) }),
    send: (body) => call(createContact, { body, idempotencyKey: intentKey(body) }),
    onDone: (saved) => {
      void invalidateEntities(["contact"]);
      onDone(saved);
    },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="New contact"
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Add contact
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Fields form={form} customerId={customerId} />
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
function bodyOf({ firstName, lastName, title, emails, phones, customers, role }: Values): object {
  return {
    ...(firstName.trim() !== "" && { firstName }),
    ...(lastName.trim() !== "" && { lastName }),
    ...(title.trim() !== "" && { title }),
    ...(emails.trim() !== "" && { emails: [{ email: emails }] }),
    ...(phones.trim() !== "" && { phones: [{ phone: phones }] }),
    ...(customers !== null && {
      customers: [{ customerId: customers, ...(role.trim() !== "" && { role }) }],
    }),
  };
}

function saidOf({ firstName, lastName, emails, phones, customers }: Values): Readonly<Record<string, string>> {
  return { name: `${firstName} ${lastName}`.trim(), email: emails, phone: phones, customerId: customers ?? "" };
}

type FieldsProps = { readonly form: Form<Values>; readonly customerId: CustomerId | undefined };

function Fields({ form, customerId }: FieldsProps): ReactElement {
  const current = useQuery({
    ...liveQuery(getCustomer, { params: { customerId: customerId as CustomerId } }, ["customer"]),
    enabled: customerId !== undefined,
  }).data;
  return (
    <>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <TextField label="First name" {...form.field("firstName")} />
        <TextField label="Last name" {...form.field("lastName")} />
      </div>
      <TextField label="E-mail" type="email" isOptional {...form.field("emails")} />
      <TextField label="Phone" type="tel" isOptional {...form.field("phones")} />
      <LooksLike entity="contact" said={saidOf(form.values)} />
      <TextField label="Title" isOptional placeholder="VP Operations" {...form.field("title")} />
      <CustomerChoice label="Customer" isOptional current={current ?? null} {...form.field("customers")} />
      {form.values.customers !== null && (
        <TextField label="Role there" isOptional placeholder="Signs, daily user" {...form.field("role")} />
      )}
    </>
  );
}
