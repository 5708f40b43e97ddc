import { readCustomFieldUsage, type CustomField } from "@rainmaker/contracts/records/custom-fields";
import { customEntities, customTypes, type CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactElement } from "react";
import type { Form } from "#lib/form";
import { formatCountOf } from "#lib/format";
import { liveQuery } from "#lib/query";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { Checkbox } from "#ui/checkbox";
import { FormProblem } from "#ui/form-problem";
import { Note } from "#ui/note";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { CustomInput } from "./custom-input.tsx";
import { typeNames } from "./custom-words.ts";
import { FieldOptions } from "./field-options.tsx";
import { canBegin, canBeUnique, isChoice, settingsOfType, valuesOf, type FieldValues } from "./field-values.ts";
import { useStageNames } from "./use-stage-names.ts";
import { useFieldForm, useNewFieldForm } from "./use-field-form.ts";

type NewFieldSheetProps = { readonly entity: CustomEntity; readonly onClose: () => void };

export function NewFieldSheet({ entity, onClose }: NewFieldSheetProps): ReactElement {
  const form = useNewFieldForm(entity, onClose);
  return <FieldSheetView title="New field" entity={entity} field={null} form={form} onClose={onClose} />;
}

type FieldSheetProps = { readonly field: CustomField; readonly onClose: () => void };

export function FieldSheet({ field, onClose }: FieldSheetProps): ReactElement {
  const form = useFieldForm(field, onClose);
  return <FieldSheetView title={field.label} entity={field.entity} field={field} form={form} onClose={onClose} />;
}

type ViewProps = {
  readonly title: string;
  readonly entity: CustomEntity;
  /** Null for a new one. */
  readonly field: CustomField | null;
  readonly form: Form<FieldValues>;
  readonly onClose: () => void;
};

function FieldSheetView({ title, entity, field, form, onClose }: ViewProps): ReactElement {
  const formId = useId();
  const { values } = form;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={title}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            {field === null ? "Add field" : "Save"}
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem
          problem={form.problem}
          onReload={() => field !== null && form.reset(valuesOf(field, values.settings.currency), field.version)}
        />
        {field !== null && (
          <p className="flex items-center gap-2 text-xs text-muted">
            <Badge>key {field.key}</Badge> {typeNames[field.type]}
          </p>
        )}
        <TextField label="Name" {...form.field("label")} />
        {field === null && (
          <SelectField
            label="Kind"
            options={customTypes.map((type) => ({ value: type, label: typeNames[type] }))}
            {...form.field("type")}
            onChange={(type) => form.set({ type, defaultValue: type === "multi_select" ? [] : "" })}
          />
        )}
        <TextField label="Help under the field" isOptional {...form.field("help")} />
        {isChoice(values.type) && <FieldOptions field={field} form={form} />}
        <Settings form={form} isNew={field === null} />
        <Rules form={form} entity={entity} />
        <TextField label="Section" isOptional placeholder="More" {...form.field("section")} />
        {field !== null && <Usage field={field} />}
      </form>
    </Sheet>
  );
}

type FormProps = { readonly form: Form<FieldValues> };

const settingNames = {
  min: "Smallest",
  max: "Largest",
  maxLength: "Most characters",
  decimals: "Decimals",
  currency: "Currency",
  prefix: "Before the number",
} as const;

const targetNames: Readonly<Record<CustomEntity, string>> = {
  customer: "A customer",
  contact: "A contact",
  opportunity: "An opportunity",
};

/** Limits of the kind; what gives old values their meaning is settled when the field is made. */
function Settings({ form, isNew }: FormProps & { readonly isNew: boolean }): ReactElement | null {
  const { type, settings } = form.values;
  const names = (settingsOfType[type] ?? []).filter((name) => isNew || (name !== "currency" && name !== "target"));
  if (names.length === 0) return null;
  return (
    <div className="grid grid-cols-2 gap-3">
      {names.map((name) =>
        name === "target" ? (
          <SelectField
            key={name}
            label="Leads to"
            className="col-span-full"
            options={customEntities.map((value) => ({ value, label: targetNames[value] }))}
            value={settings.target}
            onChange={(target) => form.set({ settings: { ...settings, target } })}
            error={form.errorAt("settings.target")}
          />
        ) : (
          <TextField
            key={name}
            label={settingNames[name]}
            isOptional={name !== "currency"}
            value={settings[name]}
            onChange={(text) => form.set({ settings: { ...settings, [name]: text } })}
            error={form.errorAt(`settings.${name}`)}
          />
        ),
      )}
    </div>
  );
}

/** Whether it has to be filled, is each record's own, and what it begins with. */
function Rules({ form, entity }: FormProps & { readonly entity: CustomEntity }): ReactElement {
  const { values } = form;
  const { type, isUnique } = values;
  const requirements = useRequirements(entity);
  return (
    <>
      {type !== "auto_number" && (
        <SelectField
          label="Must be filled"
          hint={
            values.requirement === "never"
              ? undefined
              : "Records that have no value are not blocked: it is asked when they are next saved or moved there."
          }
          options={requirements}
          {...form.field("requirement")}
        />
      )}
      {canBeUnique(type) && (
        <Checkbox
          label="Each value once"
          detail="No two records have the same."
          checked={isUnique}
          onChange={(next) => form.set({ isUnique: next })}
        />
      )}
      {form.field("isUnique").error !== undefined && (
        <Note tone="danger" isAlert>
          {form.field("isUnique").error}
        </Note>
      )}
      {canBegin(values) && (
        <CustomInput
          field={previewOf(values)}
          label="Begins with"
          isOptional
          {...form.field("defaultValue")}
          hint="What new records have until somebody says otherwise."
        />
      )}
    </>
  );
}

/** As a record would ask for it. */
function previewOf({ type, options, settings }: FieldValues): CustomField {
  const choices = options.flatMap(({ key, label, isRetired }) => (key === null ? [] : [{ key, label, isRetired }]));
  return { type, options: choices, settings: { currency: settings.currency } } as unknown as CustomField;
}

function useRequirements(entity: CustomEntity): { value: string; label: string }[] {
  const stages = useStageNames(entity === "opportunity");
  return [
    { value: "never", label: "never" },
    { value: "always", label: "always" },
    ...[...stages].map(([value, name]) => ({ value, label: `from ${name}` })),
  ];
}

/** What would miss the field. */
function Usage({ field }: { readonly field: CustomField }): ReactElement | null {
  const params = { customFieldId: field.id };
  const { data } = useQuery(liveQuery(readCustomFieldUsage, { params }, ["custom-field", "view", field.entity]));
  if (data === undefined) return null;
  const others = data.privateViews === 0 ? [] : [`${formatCountOf(data.privateViews, "view")} of other people`];
  const views = [...data.views.map(({ name }) => name), ...others];
  return (
    <p className="text-xs text-muted">
      Filled in {formatCountOf(data.filled, "record")}.{" "}
      {views.length > 0 && <>Used in {views.join(", ")}, so it cannot be deleted yet.</>}
    </p>
  );
}
