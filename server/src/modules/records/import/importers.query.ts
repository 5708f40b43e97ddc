import type { ImportableEntity } from "@rainmaker/contracts/records/imports";
import type { Context } from "#platform/context";
import type { Provided } from "#platform/port";
import type { Importer } from "./importer.ts";

const importers = new Map<ImportableEntity, Importer<Context>>();

/** A module's way to import one of its entities, listed in its `provides`. */
export function provideImporter(importer: Importer<Context>): Provided {
  return {
    connect: () => void importers.set(importer.entity, importer),
    disconnect: () => void importers.delete(importer.entity),
  };
}

export function importerOf(entity: ImportableEntity): Importer<Context> {
  const importer = importers.get(entity);
  if (importer === undefined) throw new RangeError(`nothing imports ${entity}`);
  return importer;
}
