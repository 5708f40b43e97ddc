import { createCustomField, updateCustomField, type CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { call } from "#lib/api";
import { useForm, type Form } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { factsOf, newFieldBody, valuesOf, type FieldValues } from "./field-values.ts";

const words = { key_taken: "Another field has this name", too_small: "Give it a name" };

function useCurrency(): string {
  return useUser().organization?.currency ?? "USD";
}

function told(title: string): void {
  void invalidateEntities(["custom-field"]);
  notify({ tone: "done", title });
}

export function useNewFieldForm(entity: CustomEntity, onDone: () => void): Form<FieldValues> {
  const intentKey = useIntentKey();
  return useForm({
    initial: valuesOf(null, useCurrency()),
    schema: createCustomField.body,
    toBody: (values) => newFieldBody(entity, values),
    send: (body) => call(createCustomField, { body, idempotencyKey: intentKey(body) }),
    onDone: ({ label }) => {
      told(`Added ${label}`);
      onDone();
    },
    words,
  });
}

export function useFieldForm(field: CustomField, onDone: () => void): Form<FieldValues> {
  return useForm({
    initial: valuesOf(field, useCurrency()),
    version: field.version,
    schema: updateCustomField.body,
    toBody: factsOf,
    send: (body, seenVersion) => call(updateCustomField, { params: { customFieldId: field.id }, body, seenVersion }),
    onDone: ({ label }) => {
      told(`Saved ${label}`);
      onDone();
    },
    words,
  });
}
