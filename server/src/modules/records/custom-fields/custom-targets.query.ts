import { customEntities, type CustomEntity } from "@rainmaker/contracts/records/custom-types";
import type { Context } from "#platform/context";
import type { Provided } from "#platform/port";
import type { RecordDefinition } from "../lists/record.ts";

/** An entity that takes custom fields: its table has the column custom, kept by app.keep_custom. */
export type CustomTarget = {
  readonly record: RecordDefinition & { readonly name: CustomEntity };
  /** Whether there is such a stage, where records of the entity go through stages. */
  readonly hasStage?: (ctx: Context, stageId: string) => Promise<boolean>;
};

const targets = new Map<CustomEntity, CustomTarget>();

/** Lets an entity have custom fields, listed in the `provides` of its module. */
export function provideCustomFields(target: CustomTarget): Provided {
  const { name } = target.record;
  return { connect: () => void targets.set(name, target), disconnect: () => void targets.delete(name) };
}

export function customTargetOf(entity: CustomEntity): CustomTarget {
  const target = targets.get(entity);
  if (target === undefined) throw new RangeError(`${entity} takes no custom fields`);
  return target;
}

/** Entities a relation can lead to. */
export function customTargets(): readonly CustomTarget[] {
  return [...targets.values()];
}

export function isCustomEntity(name: string): name is CustomEntity {
  return customEntities.some((entity) => entity === name);
}
