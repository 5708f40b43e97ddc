import type { CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomInput as Sent } from "@rainmaker/contracts/records/custom-values";
import { readDraft, type Draft } from "./custom-words.ts";

/** What somebody typed into the custom fields of a form, by key; what nobody touched is absent. */
export type CustomDrafts = Readonly<Record<string, Draft>>;

/** What is sent for the drafts; untouched fields are left to their defaults. */
export function customOf(fields: readonly CustomField[], drafts: CustomDrafts): { readonly custom?: Sent } {
  const sent = fields.flatMap((field) => {
    const draft = drafts[field.key];
    if (draft === undefined) return [];
    const read = readDraft(field, draft);
    return [[field.key, "fault" in read ? String(draft) : read.value] as const];
  });
  return sent.length === 0 ? {} : { custom: Object.fromEntries(sent) };
}

/** Fields a new record is asked for: those that have to be filled first, automatic numbers never. */
export function askedFields(fields: readonly CustomField[]): readonly CustomField[] {
  const asked = fields.filter(({ type }) => type !== "auto_number");
  return asked.toSorted((one, other) => Number(other.requirement === "always") - Number(one.requirement === "always"));
}
