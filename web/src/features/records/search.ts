import { CustomFieldId } from "@rainmaker/contracts/ids";
import { customEntities } from "@rainmaker/contracts/records/custom-types";
import { ImportableEntity, trashEntities } from "@rainmaker/contracts/records/choices";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of this feature's pages. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const newImportSearch = z.object({ entity: maybe(ImportableEntity) });

export const importSearch = z.object({ step: maybe(z.enum(["match", "choices", "check"])) });

export const fieldsSearch = z.object({
  entity: maybe(z.enum(customEntities)),
  tab: maybe(z.enum(["all", "filled", "hidden"])),
  /** The field that is open in the sheet. */
  field: maybe(CustomFieldId),
  new: maybe(z.boolean()),
});
export type FieldsSearch = z.output<typeof fieldsSearch>;

export const trashSearch = z.object({ tab: maybe(z.enum(trashEntities)) });
