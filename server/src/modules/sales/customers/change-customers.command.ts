import { updateCustomer as updateContract } from "@rainmaker/contracts/sales/customers";
import { tagsAfter, type BulkTarget } from "#modules/records";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import type { Customer } from "./customer.ts";
import { lockCustomer } from "./customers.store.ts";
import { updateCustomer } from "./save-customer.command.ts";
import { deleteCustomer, restoreCustomer } from "./trash-customer.command.ts";

type Action = Parameters<BulkTarget<Context>["apply"]>[2];
type Field = keyof typeof fields;
type Patch = Parameters<typeof updateCustomer>[2];

/** Fields a bulk change may set. */
const fields = { ownerId: "customer.assign", industry: "customer.edit", kind: "customer.edit" } as const;

/** Changes of many customers at once: each by the commands of one. */
export const customerBulk: BulkTarget<Context> = {
  entity: "customer",
  chunkEvent: "customers.changed",
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
  async apply(ctx, customerId, action) {
    const customer = await lockCustomer(ctx, customerId);
    const version = customer.version + 1;
    if (action.kind === "delete") {
      await deleteCustomer(ctx, customerId, { seenVersion: undefined });
      return { before: {}, version };
    }
    const patch = patchOf(customer, action);
    const before = Object.fromEntries(Object.keys(patch).map((name) => [name, customer[name as keyof Customer]]));
    if (JSON.stringify(before) === JSON.stringify(patch)) return null;
    await updateCustomer(ctx, customerId, patch, { seenVersion: undefined });
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
