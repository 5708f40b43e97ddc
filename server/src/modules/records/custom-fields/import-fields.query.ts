import type { ImportableEntity } from "@rainmaker/contracts/records/imports";
import type { Context } from "#platform/context";
import type { ImportField } from "../import/import.ts";
import { importerOf } from "../import/importers.query.ts";
import { importable, importFieldOf } from "./custom-importer.ts";
import { listFields } from "./custom-fields.store.ts";
import { isCustomEntity } from "./custom-targets.query.ts";

/** What a column of a file can be for, the organization's own fields included. */
export async function importFieldsOf(
  ctx: Pick<Context, "tx" | "actor">,
  entity: ImportableEntity,
): Promise<readonly ImportField[]> {
  const { fields } = importerOf(entity);
  if (!isCustomEntity(entity)) return fields;
  return [...fields, ...importable(await listFields(ctx, entity)).map(importFieldOf)];
}
