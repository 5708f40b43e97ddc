import type { CustomerId } from "@rainmaker/contracts/ids";
import { deleteCustomer, listCustomers, restoreCustomer, type Customer } from "@rainmaker/contracts/sales/customers";
import { call } from "#lib/api";
import { invalidateEntities, showAtOnce } from "#lib/query";
import { notifyFailure, notifyUndo } from "#lib/toasts";

type Deletable = Pick<Customer, "id" | "name" | "version">;

/**
 * Moves a customer to the trash at once and offers to take it back.
 * @returns whether the server took it
 */
export async function moveToTrash(customer: Deletable): Promise<boolean> {
  const takeBack = showAtOnce(listCustomers, ({ items, ...page }) => ({
    ...page,
    items: items.filter(({ id }) => id !== customer.id),
  }));
  try {
    await call(deleteCustomer, { params: { customerId: customer.id }, seenVersion: customer.version });
    notifyUndo(`Deleted ${customer.name}`, () => takeFromTrash(customer.id));
    return true;
  } catch (error) {
    takeBack();
    notifyFailure(`${customer.name} stays`, error);
    return false;
  } finally {
    void invalidateEntities(["customer"]);
  }
}

async function takeFromTrash(customerId: CustomerId): Promise<void> {
  await call(restoreCustomer, { params: { customerId } });
  await invalidateEntities(["customer"]);
}
