import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomValue } from "@rainmaker/contracts/records/custom-values";
import type { CustomEntity, CustomType } from "@rainmaker/contracts/records/custom-types";
import { searchRecords } from "@rainmaker/contracts/records/search";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { liveQuery } from "#lib/query";
import { Checkbox } from "#ui/checkbox";
import { Combobox, type Choice } from "#ui/combobox";
import { DateField } from "#ui/date-field";
import { Field, type FieldProps } from "#ui/field";
import { MoneyField } from "#ui/money-field";
import { PeoplePicker } from "#ui/people-picker";
import { SelectField } from "#ui/select-field";
import { TextArea, TextField } from "#ui/text-field";
import type { Draft } from "./custom-words.ts";

type CustomInputProps = FieldProps<Draft> & {
  readonly field: CustomField;
  /** What the record has: names what a person or record is called, and keeps a retired choice in the list. */
  readonly current?: CustomValue | undefined;
};

/** What every control is given: its value as text, and as text or nothing. */
type Given = {
  readonly field: CustomField;
  readonly current: CustomValue | undefined;
  readonly own: FieldProps<string>;
  readonly nullable: FieldProps<string | null>;
};

const controls: Readonly<Partial<Record<CustomType, (given: Given) => ReactElement>>> = {
  long_text: ({ own }) => <TextArea {...own} />,
  date: ({ nullable }) => <DateField {...nullable} />,
  money: ({ nullable, field }) => <MoneyField {...nullable} currency={field.settings.currency ?? "USD"} />,
  datetime: ({ own }) => <TextField {...own} type="datetime-local" />,
  percent: ({ own }) => <TextField {...own} end="%" />,
  boolean: ({ own }) => <SelectField {...own} placeholder="Not said" options={yesOrNo} />,
  select: ({ own, field }) => <SelectField {...own} placeholder="Choose" options={choicesOf(field, own.value)} />,
  user: ({ nullable }) => <Person {...nullable} />,
  relation: ({ nullable, field, current }) => (
    <RecordChoice {...nullable} target={field.settings.target ?? "customer"} current={namedIn(current)} />
  ),
};

/** The control of a field, by its kind. */
export function CustomInput({ field, current, value, onChange, ...rest }: CustomInputProps): ReactElement {
  if (field.type === "multi_select") {
    return <Choices {...rest} field={field} chosen={typeof value === "string" ? [] : value} onChange={onChange} />;
  }
  const text = typeof value === "string" ? value : "";
  const own = { ...rest, value: text, onChange: (next: string) => onChange(next) };
  const nullable = {
    ...rest,
    value: text === "" ? null : text,
    onChange: (next: string | null) => onChange(next ?? ""),
  };
  const control = controls[field.type];
  if (control !== undefined) return control({ field, current, own, nullable });
  return <TextField {...own} type={inputTypes[field.type] ?? "text"} />;
}

const inputTypes: Readonly<Record<string, "url" | "email" | "tel">> = { email: "email", phone: "tel" };
const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

function choicesOf({ options }: CustomField, chosen: string): { value: string; label: string }[] {
  return options
    .filter(({ key, isRetired }) => !isRetired || key === chosen)
    .map(({ key, label }) => ({ value: key, label }));
}

type ChoicesProps = Omit<FieldProps<Draft>, "value"> & {
  readonly field: CustomField;
  readonly chosen: readonly string[];
};

function Choices({
  field,
  chosen,
  onChange,
  label,
  hint,
  error,
  isLabelHidden,
  isOptional,
}: ChoicesProps): ReactElement {
  const set = (key: string, isChosen: boolean): void =>
    onChange(isChosen ? [...chosen, key] : chosen.filter((one) => one !== key));
  return (
    <Field {...{ label, hint, error, isLabelHidden, isOptional }}>
      {(control) => (
        <fieldset {...control} aria-label={label} className="flex flex-col gap-1.5">
          {field.options
            .filter(({ key, isRetired }) => !isRetired || chosen.includes(key))
            .map((option) => (
              <Checkbox
                key={option.key}
                label={option.label}
                checked={chosen.includes(option.key)}
                onChange={(isChosen) => set(option.key, isChosen)}
              />
            ))}
        </fieldset>
      )}
    </Field>
  );
}

function Person(props: FieldProps<string | null>): ReactElement {
  const members = useAllMembers().filter(({ status, id }) => status === "active" || id === props.value);
  return (
    <PeoplePicker
      {...props}
      isClearable
      placeholder="Choose a person"
      people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
    />
  );
}

type Named = { readonly id: string; readonly name: string };

function namedIn(value: CustomValue | undefined): Named | null {
  return typeof value === "object" && value !== null && "id" in value ? value : null;
}

const fewestLetters = 2;
const targetNames: Readonly<Record<CustomEntity, string>> = {
  customer: "a customer",
  contact: "a contact",
  opportunity: "an opportunity",
};

type RecordChoiceProps = FieldProps<string | null> & { readonly target: CustomEntity; readonly current: Named | null };

/** A record of another kind, found as the search finds it. */
function RecordChoice({ target, current, ...rest }: RecordChoiceProps): ReactElement {
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<Choice | null>(null);
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    ...liveQuery(searchRecords, { query: { q: `type:${target} ${q}`, limit: "20" } }, [target]),
    enabled: q.length >= fewestLetters,
    placeholderData: (before) => before,
  });
  const choices = (found.data?.items ?? [])
    .filter(({ entity }) => entity === target)
    .map(({ id, title, number }): Choice => ({ value: id, label: title, detail: number ?? undefined }));
  const before = current === null ? null : { value: current.id, label: current.name };
  return (
    <Combobox
      {...rest}
      choices={choices}
      chosen={[picked, before].find((one) => one !== null && one.value === rest.value) ?? null}
      placeholder={`Find ${targetNames[target]}`}
      onSearch={setText}
      isSearching={found.isFetching}
      isClearable
      onChange={(id) => {
        setPicked(choices.find((one) => one.value === id) ?? null);
        rest.onChange(id);
      }}
    />
  );
}
