import type { ImportableEntity } from "@rainmaker/contracts/records/choices";
import type { Import, ImportOptions } from "@rainmaker/contracts/records/imports";
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
import { columnsOfKind, openDates } from "./mapping.ts";
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
  customer: "by their id in the other system, else by name",
  contact: "by their id in the other system, else by an e-mail address",
  opportunity: "by their id in the other system",
  interaction: "by their id in the other system",
};

type DuplicateProps = { readonly imported: Import; readonly options: ImportOptions } & Set;

function DuplicateChoice({ imported, options, onSet }: DuplicateProps): ReactElement {
  const what = pluralOf(imported.entity);
  return (
    <Field label={`Rows whose ${what} are here already`} hint={`Recognised ${recognisedBy[imported.entity]}`}>
      {() => (
        <Segmented
          label={`Rows whose ${what} are here already`}
          className="self-start"
          value={options.onDuplicate ?? "skip"}
          onChange={(onDuplicate) => onSet({ onDuplicate })}
          options={[
            { value: "skip", label: "Leave as they are" },
            { value: "update", label: "Update from the file" },
          ]}
        />
      )}
    </Field>
  );
}

function errorAt(problem: unknown, path: string): string | undefined {
  return problem instanceof ApiProblem ? problem.errors.find((error) => error.path === path)?.message : undefined;
}
