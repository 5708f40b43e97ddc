import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { CustomFieldId, StageId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { Instant } from "../time.ts";
import { CustomValue, CustomValueInput } from "./custom-values.ts";
import { customEntities, customTypes } from "./custom-types.ts";

export const CustomEntity = z.enum(customEntities);
export const CustomType = z.enum(customTypes);

/** Most fields of one entity, hidden ones included. */
export const mostCustomFields = 200;
/** How long a deleted field can be brought back. */
export const customFieldDays = 30;

const Limits = {
  /** Smallest and largest of a number, percent or amount. */
  min: z.optional(z.nullable(z.number().check(z.minimum(-1e11), z.maximum(1e11)))),
  max: z.optional(z.nullable(z.number().check(z.minimum(-1e11), z.maximum(1e11)))),
  /** Most characters of a text. */
  maxLength: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(10_000)))),
  /** Decimals a number may have; 4 at most. */
  decimals: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(4)))),
  /** Of money; the organization's unless given. */
  currency: z.optional(z.nullable(z.string().check(z.length(3)))),
  /** Before an automatic number: "SN-" makes SN-17. */
  prefix: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(10)))),
  /** What a relation leads to. */
  target: z.optional(z.nullable(CustomEntity)),
};
export const CustomSettings = z.strictObject(Limits);
export type CustomSettings = z.output<typeof CustomSettings>;

/** A choice; a retired one stays on old records and cannot be chosen any more. */
const Option = z.object({ key: z.string(), label: z.string(), isRetired: z.boolean() });
const OptionInput = z.strictObject({
  /** Made of the label unless given; naming the key of a choice that exists renames it. */
  key: z.optional(z.string().check(z.regex(/^[a-z0-9][a-z0-9_]{0,39}$/))),
  label: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  isRetired: z.optional(z.boolean()),
});

/** never; always: on every save that touches it and on every new record; stage: from the required stage on. */
export const requirements = ["never", "always", "stage"] as const;

export const CustomField = z.object({
  id: CustomFieldId,
  entity: CustomEntity,
  /** Name in the API, in filters as `custom.<key>`, in files; never changes. */
  key: z.string(),
  label: z.string(),
  type: CustomType,
  section: z.nullable(z.string()),
  help: z.nullable(z.string()),
  position: z.int(),
  requirement: z.enum(requirements),
  requiredStageId: z.nullable(StageId),
  isUnique: z.boolean(),
  /** In the form of the wire; null for none. */
  defaultValue: CustomValue,
  settings: z.object(Limits),
  options: z.array(Option),
  createdAt: Instant,
  createdBy: MemberRef,
  /** Hidden since; gone after 30 days. */
  deletedAt: z.nullable(Instant),
  version: z.int(),
});
export type CustomField = z.output<typeof CustomField>;

export const listCustomFields = endpoint(
  "GET",
  "/custom-fields",
  "Fields the organization added to its records, in the order of forms",
  "signed-in",
  {
    query: z.strictObject({
      entity: CustomEntity,
      /** With those deleted in the last 30 days. */
      hidden: z.optional(z.enum(["true", "false"])),
    }),
    reply: z.object({ items: z.array(CustomField) }),
  },
);

const label = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));
const facts = {
  section: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(80)))),
  help: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(300)))),
  requirement: z.optional(z.enum(requirements)),
  /** With requirement stage; of opportunities only. */
  requiredStageId: z.optional(z.nullable(StageId)),
  isUnique: z.optional(z.boolean()),
  defaultValue: z.optional(CustomValueInput),
  settings: z.optional(CustomSettings),
  options: z.optional(z.array(OptionInput).check(z.maxLength(200))),
};

export const createCustomField = endpoint("POST", "/custom-fields", "Add a field to records", "organization.edit", {
  body: z.strictObject({
    entity: CustomEntity,
    type: CustomType,
    label,
    /** Made of the label unless given. */
    key: z.optional(z.string().check(z.maxLength(60))),
    ...facts,
  }),
  status: 201,
  reply: CustomField,
});

const fieldParams = z.strictObject({ customFieldId: CustomFieldId });

export const updateCustomField = endpoint(
  "PATCH",
  "/custom-fields/{customFieldId}",
  "Change a field; its key and type stay",
  "organization.edit",
  {
    params: fieldParams,
    body: z.strictObject({ label: z.optional(label), ...facts, seenVersion: z.optional(z.int()) }),
    versioned: true,
    reply: CustomField,
  },
);

export const arrangeCustomFields = endpoint(
  "PUT",
  "/custom-field-order",
  "The order of fields in forms",
  "organization.edit",
  {
    body: z.strictObject({
      entity: CustomEntity,
      /** All of them that are not hidden. */
      fieldIds: z.array(CustomFieldId).check(z.maxLength(mostCustomFields)),
    }),
    status: 204,
  },
);

export const deleteCustomField = endpoint(
  "DELETE",
  "/custom-fields/{customFieldId}",
  "Hide a field for 30 days, then let it go; refused while views use it",
  "organization.edit",
  { params: fieldParams, versioned: true, status: 204 },
);

export const restoreCustomField = endpoint(
  "POST",
  "/custom-fields/{customFieldId}/restorations",
  "Bring a hidden field back with its values",
  "organization.edit",
  { params: fieldParams, status: 201, reply: CustomField },
);

export const readCustomFieldUsage = endpoint(
  "GET",
  "/custom-fields/{customFieldId}/usage",
  "How many records have a value, and what would miss the field",
  "organization.edit",
  {
    params: fieldParams,
    reply: z.object({
      /** Records with a value, those in the trash left out. */
      filled: z.int(),
      /** Records with each choice, by its key. */
      byOption: z.record(z.string(), z.int()),
      /** Views that filter, sort or show by it; of other people's own ones only how many. */
      views: z.array(z.object({ id: z.string(), name: z.string(), isShared: z.boolean() })),
      privateViews: z.int(),
    }),
  },
);
