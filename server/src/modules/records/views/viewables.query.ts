import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { customName } from "@rainmaker/contracts/records/custom-types";
import { requirePermission, type Context } from "#platform/context";
import type { Provided } from "#platform/port";
import { listFields } from "../custom-fields/custom-fields.store.ts";
import { isCustomEntity } from "../custom-fields/custom-targets.query.ts";
import { described } from "../custom-fields/described-record.ts";
import type { Viewable } from "./viewable.ts";

const viewables = new Map<ViewEntity, Viewable<Context>>();

/** A list that has views and exports, listed in the `provides` of its module. */
export function provideViews(list: Viewable<Context>): Provided {
  const entity = list.record.name;
  return { connect: () => void viewables.set(entity, list), disconnect: () => void viewables.delete(entity) };
}

/** The list of an entity with the organization's own fields, for whoever may read it. @throws Refusal 403 */
export async function viewableOf(ctx: Pick<Context, "actor" | "tx">, entity: ViewEntity): Promise<Viewable<Context>> {
  const list = requireViewable(ctx, entity);
  if (!isCustomEntity(entity)) return list;
  const fields = await listFields(ctx, entity);
  return {
    ...list,
    record: described(list.record, fields),
    heads: { ...list.heads, ...Object.fromEntries(fields.map(({ key, label }) => [customName(key), label])) },
    cells: (reading, query, columns) => list.cells(reading, query, columns, fields),
  };
}

/** The list of an entity as it is everywhere. @throws Refusal 403 */
export function requireViewable(ctx: Pick<Context, "actor">, entity: ViewEntity): Viewable<Context> {
  requirePermission(ctx.actor, `${entity}.read`);
  const list = viewables.get(entity);
  if (list === undefined) throw new RangeError(`${entity} has no views`);
  return list;
}
