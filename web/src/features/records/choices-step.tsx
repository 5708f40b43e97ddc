import type { ImportableEntity } from "@rainmaker/contracts/records/choices";
import type { Import, ImportOptions } from "@rainmaker/contracts/records/imports";
import { interactionKinds } from "@rainmaker/contracts/sales/interactions";
import { listPipelines } from "@rainmaker/contracts/sales/pipelines";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { ApiProblem } from "#lib/api-problem";
import { liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { Checkbox } from "#ui/checkbox";
import { Combobox } from "#ui/combobox";
import { Field } from "#ui/field";
import { Segmented } from "#ui/segmented";
import { SelectField } from "#ui/select-field";
import { currencyChoices } from "#features/organization";
import { pluralOf } from "./import-words.ts";
import { columnOf, columnsOfKind, openDates } from "./mapping.ts";
import type { MappingDraft } from "./use-import.ts";
import { ValueChoices } from "./value-choices.tsx";

type ChoicesStepProps = { readonly imported: Import; readonly draft: MappingDraft };

/** What a file cannot say by itself: its currency, the order of its dates, what to do with what is here already. */
export function ChoicesStep({ imported, draft }: ChoicesStepProps): ReactElement {
  const { mapping, change } = draft;
  const { options } = mapping;
  const set = (changes: Partial<ImportOptions>): void => change({ ...mapping, options: { ...options, ...changes } });
  return (
    <div className="mx-auto flex max-w-220 flex-col gap-6">
      <section
        aria-label="How to read the file"
        className="grid grid-cols-2 items-start gap-x-6 gap-y-5 max-sm:grid-cols-1"
      >
        <MoneyChoices imported={imported} draft={draft} onSet={set} />
        <DateChoice imported={imported} draft={draft} onSet={set} />
        {imported.entity === "interaction" && columnOf(mapping, "kind") === null && (
          <KindChoice options={options} onSet={set} />
        )}
        {imported.entity === "opportunity" && <PipelineChoice options={options} onSet={set} />}
        <DuplicateChoice imported={imported} options={options} onSet={set} />
        {imported.entity === "opportunity" && (
          <Checkbox
            label="Won rows open a deal"
            detail="As a draft for their owner, to be approved and paid. Leave it off for old sales that were paid elsewhere."
            checked={options.openDeals === true}
            onChange={(openDeals) => set({ openDeals })}
            className="col-span-full"
          />
        )}
      </section>
      <ValueChoices imported={imported} draft={draft} />
    </div>
  );
}

type Set = { readonly onSet: (changes: Partial<ImportOptions>) => void };

function MoneyChoices({ imported, draft, onSet }: ChoicesStepProps & Set): ReactElement | null {
  const user = useUser();
  const columns = columnsOfKind(imported, draft.mapping, "money");
  if (columns.length === 0) return null;
  const { currency, decimalMark = "." } = draft.mapping.options;
  const sample = columns.flatMap(({ samples }) => samples).find((text) => text.trim() !== "");
  return (
    <>
      <Combobox
        label="Currency of the amounts"
        choices={currencyChoices()}
        value={currency ?? user.organization?.currency ?? null}
        onChange={(next) => next !== null && onSet({ currency: next })}
        error={errorAt(draft.problem, "options.currency")}
        hint={sample === undefined ? undefined : `Such as ${sample}`}
      />
      <Field label="Decimal mark" hint="Guessed from the amounts in the file">
        {() => (
          <Segmented
            label="Decimal mark"
            className="self-start"
            value={decimalMark}
            onChange={(mark) => onSet({ decimalMark: mark })}
            options={[
              { value: ".", label: "1,234.50" },
              { value: ",", label: "1.234,50" },
            ]}
          />
        )}
      </Field>
    </>
  );
}

const orders = [
  { value: "dmy", label: "Day first: 20.11.2026" },
  { value: "mdy", label: "Month first: 11/20/2026" },
] as const;

/** Asked only where the file has dates that could be read either way round. */
function DateChoice({ imported, draft, onSet }: ChoicesStepProps & Set): ReactElement | null {
  const open = openDates(columnsOfKind(imported, draft.mapping, "date"));
  const chosen = draft.mapping.options.dateOrder;
  if (open.length === 0 && chosen === undefined) return null;
  return (
    <SelectField
      label="Order of dates"
      value={chosen === "dmy" || chosen === "mdy" ? chosen : ""}
      placeholder="Choose: it is not guessed"
      onChange={(order) => onSet({ dateOrder: order === "" ? undefined : order })}
      options={orders}
      hint={`Such as ${open.slice(0, 3).join(", ")}`}
    />
  );
}

/** Of files that have no column for it: other systems write one file for calls and one for meetings. */
function KindChoice({ options, onSet }: { readonly options: ImportOptions } & Set): ReactElement {
  const { kind = "" } = options.defaults ?? {};
  return (
    <SelectField
      label="Every row is a"
      value={kind}
      placeholder="Choose: the file does not say"
      onChange={(next) => onSet({ defaults: { ...options.defaults, kind: next } })}
      options={interactionKinds.map((one) => ({ value: one, label: kindNames[one] }))}
    />
  );
}

const kindNames: Readonly<Record<(typeof interactionKinds)[number], string>> = {
  call: "Call",
  meeting: "Meeting",
  mail: "Mail",
  note: "Note",
};

function PipelineChoice({ options, onSet }: { readonly options: ImportOptions } & Set): ReactElement | null {
  const { data } = useQuery(liveQuery(listPipelines, {}, ["pipeline"]));
  if (data === undefined || data.items.length < 2) return null;
  const standard = data.items.find(({ isDefault }) => isDefault);
  return (
    <SelectField
      label="Pipeline"
      value={options.pipelineId ?? standard?.id ?? ""}
      onChange={(next) => onSet({ pipelineId: data.items.find(({ id }) => id === next)?.id })}
      options={data.items.map(({ id, name }) => ({ value: id as string, label: name }))}
      hint="Where the opportunities of this file go"
    />
  );
}

const recognisedBy: Readonly<Record<ImportableEntity, string>> = {
  customer: "Its id in the other system, else its name",
  contact: "Its id in the other system, else an e-mail address",
  opportunity: "Its id in the other system",
  interaction: "Its id in the other system",
  product: "Its name",
};

const keyNames: Readonly<Record<Import["matchKeys"][number], string>> = {
  externalId: "Its id in the other system",
  email: "Its e-mail address",
  phone: "Its phone number",
  domain: "The domain of its website",
  name: "Its name",
};

type DuplicateProps = { readonly imported: Import; readonly options: ImportOptions } & Set;

function DuplicateChoice({ imported, options, onSet }: DuplicateProps): ReactElement {
  const what = pluralOf(imported.entity);
  const { matchKeys } = imported;
  return (
    <>
      <SelectField
        label={`Rows whose ${what} are here already`}
        value={options.onDuplicate ?? "skip"}
        onChange={(onDuplicate) => onSet({ onDuplicate })}
        options={[
          { value: "skip", label: "Leave as they are" },
          { value: "fill", label: "Fill in only what is empty" },
          { value: "update", label: "Update from the file" },
          { value: "review", label: "Put aside: I decide about each" },
        ]}
      />
      {matchKeys.length > 1 ? (
        <SelectField
          label="Recognised by"
          value={options.matchBy ?? ""}
          onChange={(key) => onSet({ matchBy: matchKeys.find((one) => one === key) })}
          options={[
            { value: "", label: recognisedBy[imported.entity] },
            ...matchKeys.map((key) => ({ value: key, label: keyNames[key] })),
          ]}
        />
      ) : (
        <p className="self-end pb-2 text-xs text-subtle">Recognised by: {recognisedBy[imported.entity]}</p>
      )}
      {options.onDuplicate === "update" && (
        <Checkbox
          label="An empty cell clears the field"
          detail="Left off, an empty cell leaves what is there; \N clears it in any case."
          checked={options.emptyClears === true}
          onChange={(emptyClears) => onSet({ emptyClears })}
          className="col-span-full"
        />
      )}
    </>
  );
}

function errorAt(problem: unknown, path: string): string | undefined {
  return problem instanceof ApiProblem ? problem.errors.find((error) => error.path === path)?.message : undefined;
}
