import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { Context } from "#platform/context";
import type { Provided } from "#platform/port";
import type { BulkTarget } from "./bulk-target.ts";

const targets = new Map<ViewEntity, BulkTarget<Context>>();

/** A module's way to change many of its records, listed in its `provides`. */
export function provideBulk(target: BulkTarget<Context>): Provided {
  return {
    connect: () => void targets.set(target.entity, target),
    disconnect: () => void targets.delete(target.entity),
  };
}

export function bulkTargetOf(entity: ViewEntity): BulkTarget<Context> {
  const target = targets.get(entity);
  if (target === undefined) throw new RangeError(`${entity} has no bulk changes`);
  return target;
}
