import { ImportableEntity, trashEntities } from "@rainmaker/contracts/records/choices";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of this feature's pages. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const newImportSearch = z.object({ entity: maybe(ImportableEntity) });

export const importSearch = z.object({ step: maybe(z.enum(["match", "choices", "check"])) });

export const trashSearch = z.object({ tab: maybe(z.enum(trashEntities)) });
