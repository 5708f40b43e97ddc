import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { requirePermission, type Context } from "#platform/context";
import type { Provided } from "#platform/port";
import type { Viewable } from "./viewable.ts";

const viewables = new Map<ViewEntity, Viewable<Context>>();

/** A list that has views and exports, listed in the `provides` of its module. */
export function provideViews(list: Viewable<Context>): Provided {
  const entity = list.record.name;
  return { connect: () => void viewables.set(entity, list), disconnect: () => void viewables.delete(entity) };
}

/** The list of an entity, for whoever may read it. @throws Refusal 403 */
export function viewableOf(ctx: Pick<Context, "actor">, entity: ViewEntity): Viewable<Context> {
  requirePermission(ctx.actor, `${entity}.read`);
  const list = viewables.get(entity);
  if (list === undefined) throw new RangeError(`${entity} has no views`);
  return list;
}
