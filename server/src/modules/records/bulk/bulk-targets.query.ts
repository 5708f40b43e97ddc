import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import type { Context } from "#platform/context";
import type { Provided } from "#platform/port";
import { customBefore, keySetBy, readCustomSet } from "../custom-fields/custom-set.query.ts";
import { isCustomEntity } from "../custom-fields/custom-targets.query.ts";
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
  return isCustomEntity(entity) && target.setCustom !== undefined
    ? withCustom(target, entity, target.setCustom)
    : target;
}

/** Setting a custom field is the same for every entity that has some. */
function withCustom(
  target: BulkTarget<Context>,
  entity: CustomEntity,
  setCustom: NonNullable<BulkTarget<Context>["setCustom"]>,
): BulkTarget<Context> {
  return {
    ...target,
    permissionFor: (action) => (keySetBy(action) === null ? target.permissionFor(action) : `${entity}.edit`),
    async apply(ctx, recordId, action, seenVersion) {
      if (action.kind !== "set" || keySetBy(action) === null) return target.apply(ctx, recordId, action, seenVersion);
      const wanted = await readCustomSet(ctx, entity, action);
      const { before, version, isSame } = await customBefore(ctx, entity, recordId, wanted);
      if (isSame) return null;
      await setCustom(ctx, recordId, { [wanted.key]: wanted.value as CustomInput[string] }, seenVersion);
      return { before, version: version + 1 };
    },
    async revert(ctx, recordId, action, applied) {
      if (keySetBy(action) === null) await target.revert(ctx, recordId, action, applied);
      else await setCustom(ctx, recordId, applied.before as CustomInput, applied.version);
    },
  };
}
