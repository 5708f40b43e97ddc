import type { Condition, FilterOperator } from "@rainmaker/contracts/records/filters";
import { useState, type FormEvent, type ReactElement } from "react";
import { Button } from "#ui/button";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { isOfDays, operatorsOf, periodChoices, takesValue, type ViewField } from "./view-fields.ts";

type ConditionEditorProps = {
  readonly fields: readonly ViewField[];
  /** What it says so far; a new condition otherwise. */
  readonly condition?: Condition | undefined;
  readonly onDone: (condition: Condition) => void;
};

/** Says a condition: field, comparison, value. */
export function ConditionEditor({ fields, condition, onDone }: ConditionEditorProps): ReactElement {
  const before = condition ?? { field: fields[0]?.name ?? "", operator: undefined, value: undefined };
  const [name, setName] = useState(before.field);
  const [wanted, setWanted] = useState(before.operator);
  const [value, setValue] = useState(typeof before.value === "string" ? before.value : "");
  const field = fields.find((one) => one.name === name);
  const { offered, operator } = choiceOf(field, wanted);
  const isComplete = !takesValue(operator) || value.trim() !== "";

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The sheet or page around it has forms of its own.
    event.stopPropagation();
    if (isComplete) onDone({ field: name, operator, ...(takesValue(operator) && { value: value.trim() }) });
  };
  const choose = (next: string): void => {
    setName(next);
    setWanted(undefined);
    setValue("");
  };
  return (
    <form onSubmit={submit} className="flex w-64 flex-col gap-2.5">
      <SelectField
        label="Field"
        size="sm"
        value={name}
        onChange={choose}
        options={fields.map((one) => ({ value: one.name, label: one.label }))}
      />
      <SelectField label="Comparison" size="sm" value={operator} onChange={setWanted} options={offered} />
      {field !== undefined && takesValue(operator) && <ValueField field={field} value={value} onChange={setValue} />}
      <Button type="submit" tone="primary" size="sm" disabledReason={isComplete ? undefined : "Say a value first"}>
        {condition === undefined ? "Add filter" : "Change filter"}
      </Button>
    </form>
  );
}

/** Comparisons of the field, and the one that holds: the wanted one where the field has it. */
function choiceOf(
  field: ViewField | undefined,
  wanted: FilterOperator | undefined,
): { offered: ReturnType<typeof operatorsOf>; operator: FilterOperator } {
  const offered = field === undefined ? [] : operatorsOf(field.kind);
  const found = offered.find(({ value }) => value === wanted) ?? offered[0];
  return { offered, operator: found?.value ?? "is" };
}

type ValueFieldProps = {
  readonly field: ViewField;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function ValueField({ field, value, onChange }: ValueFieldProps): ReactElement {
  const options = isOfDays(field) ? periodChoices : field.options;
  if (options === undefined) {
    return <TextField label="Value" size="sm" value={value} onChange={onChange} maxLength={200} />;
  }
  return (
    <SelectField
      label="Value"
      size="sm"
      placeholder="Choose"
      value={value}
      onChange={onChange}
      options={options.map((option) => ({ value: option.value, label: option.label }))}
    />
  );
}
