import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomInput as Sent, CustomValues } from "@rainmaker/contracts/records/custom-values";
import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { ExternalLink } from "lucide-react";
import type { ReactElement } from "react";
import { Card, CardBody, CardHead } from "#ui/card";
import { InlineField } from "#ui/inline-field";
import { CustomInput } from "./custom-input.tsx";
import { draftOf, readDraft, sectionsOf, shownText, type Draft } from "./custom-words.ts";
import { useCustomFields } from "./use-custom-fields.ts";

export type CustomFactsProps = {
  readonly entity: CustomEntity;
  readonly custom: CustomValues;
  readonly mayEdit: boolean;
  /** Shows the values at once and sends the one of a key. @throws FieldConflict as saveShownField does */
  readonly onSave: (shown: CustomValues, sent: Sent, key: string) => Promise<void>;
};

/** What the organization wants to know besides, each section a card; nothing where it added no fields. */
export function CustomFacts({ entity, custom, mayEdit, onSave }: CustomFactsProps): ReactElement | null {
  const fields = useCustomFields(entity);
  if (fields.length === 0) return null;
  return (
    <>
      {sectionsOf(fields).map(([section, own]) => (
        <Card key={section ?? ""} className="flex-none">
          <CardHead title={section ?? "More"} />
          <CardBody>
            <dl>
              {own.map((field) => (
                <CustomFact key={field.id} field={field} custom={custom} mayEdit={mayEdit} onSave={onSave} />
              ))}
            </dl>
          </CardBody>
        </Card>
      ))}
    </>
  );
}

type CustomFactProps = Pick<CustomFactsProps, "custom" | "mayEdit" | "onSave"> & { readonly field: CustomField };

function CustomFact({ field, custom, mayEdit, onSave }: CustomFactProps): ReactElement {
  const value = custom[field.key];
  const text = shownText(field, value);
  const check = (draft: Draft): string | undefined => {
    const read = readDraft(field, draft);
    return "fault" in read ? read.fault : undefined;
  };
  const save = async (draft: Draft): Promise<void> => {
    const read = readDraft(field, draft);
    if ("fault" in read) return;
    await onSave({ ...custom, [field.key]: read.value }, { [field.key]: read.value }, field.key);
  };
  return (
    <InlineField<Draft>
      label={field.label}
      value={draftOf(field, value)}
      display={text === null ? null : <span className="whitespace-pre-line">{text}</span>}
      emptyLabel={`Add ${field.label.toLowerCase()}`}
      isReadOnly={!mayEdit || field.type === "auto_number"}
      end={field.type === "url" && typeof value === "string" ? <Out address={value} /> : undefined}
      check={check}
      onSave={save}
    >
      {(edit) => <CustomInput {...edit} field={field} current={value} hint={field.help ?? undefined} />}
    </InlineField>
  );
}

/** The server keeps web addresses only, of http and https. */
function Out({ address }: { readonly address: string }): ReactElement {
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`Open ${address}`}
      className="grid size-6 flex-none place-items-center rounded-sm text-subtle hover:bg-hover hover:text-default pointer-coarse:size-11"
    >
      <ExternalLink size={14} aria-hidden="true" />
    </a>
  );
}
