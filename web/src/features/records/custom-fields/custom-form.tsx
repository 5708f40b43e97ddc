import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import { customName } from "@rainmaker/contracts/records/custom-types";
import type { ReactElement } from "react";
import { CustomInput } from "./custom-input.tsx";
import type { CustomDrafts } from "./custom-drafts.ts";
import { draftOf } from "./custom-words.ts";

type CustomFormFieldsProps = {
  readonly fields: readonly CustomField[];
  readonly drafts: CustomDrafts;
  readonly onChange: (drafts: CustomDrafts) => void;
  /** What the server said about one of them, as the form knows it. */
  readonly errorAt: (path: string) => string | undefined;
};

/** The custom fields of a form for a new record. */
export function CustomFormFields({ fields, drafts, onChange, errorAt }: CustomFormFieldsProps): ReactElement | null {
  if (fields.length === 0) return null;
  return (
    <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
      {fields.map((field) => (
        <CustomInput
          key={field.id}
          field={field}
          label={field.label}
          hint={field.help ?? undefined}
          isOptional={field.requirement !== "always" || field.defaultValue !== null}
          className={field.type === "long_text" ? "col-span-full" : undefined}
          name={customName(field.key)}
          value={drafts[field.key] ?? draftOf(field, field.defaultValue)}
          onChange={(draft) => onChange({ ...drafts, [field.key]: draft })}
          error={errorAt(customName(field.key))}
        />
      ))}
    </div>
  );
}
