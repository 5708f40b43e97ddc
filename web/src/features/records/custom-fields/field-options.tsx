import { readCustomFieldUsage, type CustomField } from "@rainmaker/contracts/records/custom-fields";
import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Plus, X } from "lucide-react";
import type { ReactElement } from "react";
import type { Form } from "#lib/form";
import { formatCount } from "#lib/format";
import { liveQuery } from "#lib/query";
import { Badge } from "#ui/badge";
import { Button, IconButton } from "#ui/button";
import { TextField } from "#ui/text-field";
import type { FieldValues, OptionDraft } from "./field-values.ts";

type FieldOptionsProps = { readonly field: CustomField | null; readonly form: Form<FieldValues> };

/** The values of a choice. One that records may have is renamed or retired; a new one goes as it came. */
export function FieldOptions({ field, form }: FieldOptionsProps): ReactElement {
  const counts = useCounts(field);
  const { options } = form.values;
  const set = (place: number, change: Partial<OptionDraft> | null): void =>
    form.set({
      options: options.flatMap((option, at) =>
        at !== place ? [option] : change === null ? [] : [{ ...option, ...change }],
      ),
    });
  const add = (): void => form.set({ options: [...options, { key: null, label: "", isRetired: false }] });
  const refusal = form.errorAt("options");
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1.5 font-medium">Values</legend>
      {options.map((option, place) => (
        // Values have no name of their own until they are saved.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={option.key ?? place} className="flex items-start gap-2">
          <TextField
            label={`Value ${place + 1}`}
            isLabelHidden
            size="sm"
            className="flex-1"
            value={option.label}
            onChange={(label) => set(place, { label })}
            error={form.errorAt(`options.${place}.label`) ?? form.errorAt(`options.${place}.key`)}
            end={<OptionEnd option={option} count={counts[option.key ?? ""]} />}
          />
          <OptionVerb option={option} onChange={(change) => set(place, change)} />
        </div>
      ))}
      <Button size="sm" icon={Plus} className="self-start" onClick={add}>
        Add a value
      </Button>
      <p className={refusal === undefined ? "text-xs text-subtle" : "text-xs text-danger-fg"}>
        {refusal ?? "Retired values stay on old records and cannot be chosen any more."}
      </p>
    </fieldset>
  );
}

function useCounts(field: CustomField | null): Readonly<Record<string, number>> {
  const params = { customFieldId: field?.id as CustomField["id"] };
  const options = liveQuery(readCustomFieldUsage, { params }, ["custom-field", "view", field?.entity ?? "customer"]);
  return useQuery({ ...options, enabled: field !== null }).data?.byOption ?? {};
}

type OptionEndProps = { readonly option: OptionDraft; readonly count: number | undefined };

function OptionEnd({ option, count }: OptionEndProps): ReactElement {
  return (
    <span className="flex items-center gap-1.5">
      {option.isRetired && <Badge>Retired</Badge>}
      {count !== undefined && <span className="tnum text-xs text-subtle">{formatCount(count)}</span>}
    </span>
  );
}

type OptionVerbProps = {
  readonly option: OptionDraft;
  readonly onChange: (change: Partial<OptionDraft> | null) => void;
};

function OptionVerb({ option, onChange }: OptionVerbProps): ReactElement {
  const name = option.label === "" ? "this value" : option.label;
  if (option.key === null) {
    return <IconButton icon={X} size="sm" label={`Remove ${name}`} onClick={() => onChange(null)} />;
  }
  return (
    <IconButton
      icon={option.isRetired ? ArchiveRestore : Archive}
      size="sm"
      label={option.isRetired ? `Use ${name} again` : `Retire ${name}`}
      onClick={() => onChange({ isRetired: !option.isRetired })}
    />
  );
}
