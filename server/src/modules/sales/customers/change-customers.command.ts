import { updateCustomer as updateContract } from "@rainmaker/contracts/sales/customers";
import { tagsAfter, type BulkTarget } from "#modules/records";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { moveWithCustomers } from "../interactions/interactions.store.ts";
import { customerRecord, type Customer } from "./customer.ts";
import { listInUse, lockCustomer } from "./customers.store.ts";
import { updateCustomer } from "./save-customer.command.ts";
import { customerInUse, deleteCustomer, restoreCustomer } from "./trash-customer.command.ts";

type Action = Parameters<BulkTarget<Context>["apply"]>[2];
type Field = keyof typeof fields;
type Patch = Parameters<typeof updateCustomer>[2];

/** Fields a bulk change may set. */
const fields = { ownerId: "customer.assign", industry: "customer.edit", kind: "customer.edit" } as const;

/** Changes of many customers at once: each by the commands of one. */
export const customerBulk: BulkTarget<Context> = {
  entity: "customer",
  chunkEvent: "customers.changed",
  setCustom: (ctx, customerId, custom, seenVersion) => updateCustomer(ctx, customerId, { custom }, { seenVersion }),
  plain: {
    record: customerRecord,
    fields: {
      ownerId: { column: "owner_id", type: "uuid" },
      industry: { column: "industry", type: "text" },
      kind: { column: "kind", type: "text" },
      tags: { column: "tags", type: "text[]" },
    },
    afterOwner: moveWithCustomers,
    async refuseDelete(ctx, customerIds) {
      const used = await listInUse(ctx, customerIds);
      return new Map(used.map((id) => [id, customerInUse()]));
    },
  },
  permissionFor(action) {
    if (action.kind === "delete") return "customer.delete";
    if (action.kind !== "set") return "customer.edit";
    const permission = Object.hasOwn(fields, action.field) ? fields[action.field as Field] : undefined;
    if (permission === undefined) throw invalidField("action", "field_not_settable", `${action.field} cannot be set`);
    if (!updateContract.body.safeParse({ [action.field]: action.value }).success) {
      throw invalidField("action", "value_not_possible", `${action.field} cannot be set to this`);
    }
    return permission;
  },
  async apply(ctx, customerId, action, seenVersion) {
    const customer = await lockCustomer(ctx, customerId);
    const version = customer.version + 1;
    if (action.kind === "delete") {
      await deleteCustomer(ctx, customerId, { seenVersion });
      return { before: {}, version };
    }
    const patch = patchOf(customer, action);
    const before = Object.fromEntries(Object.keys(patch).map((name) => [name, customer[name as keyof Customer]]));
    if (JSON.stringify(before) === JSON.stringify(patch)) return null;
    await updateCustomer(ctx, customerId, patch, { seenVersion });
    return { before, version };
  },
  async revert(ctx, customerId, action, { before, version }) {
    if (action.kind === "delete") await restoreCustomer(ctx, customerId);
    else await updateCustomer(ctx, customerId, before, { seenVersion: version });
  },
};

function patchOf({ tags }: Customer, action: Exclude<Action, { kind: "delete" }>): Patch {
  if (action.kind !== "set") return { tags: [...tagsAfter(tags, action)] };
  return { [action.field]: action.value };
}
