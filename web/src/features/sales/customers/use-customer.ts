import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { CustomerId } from "@rainmaker/contracts/ids";
import { getCustomer, updateCustomer, type Customer } from "@rainmaker/contracts/sales/customers";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { listDeals } from "@rainmaker/contracts/revenue/deals";
import { listOpportunities } from "@rainmaker/contracts/sales/opportunities";
import { useQuery } from "@tanstack/react-query";
import { call } from "#lib/api";
import { liveQuery } from "#lib/query";
import { saveShownField } from "#lib/save-field";
import { useCan } from "#lib/session";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function customerQuery(customerId: CustomerId) {
  return liveQuery(getCustomer, { params: { customerId } }, ["customer"]);
}

const pageSize = "200";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together from a query
export function useOpportunitiesOf(customerId: CustomerId) {
  const isEnabled = useCan("opportunity.read");
  const query = { customerId, limit: pageSize, sort: "-updatedAt" } as const;
  return {
    isEnabled,
    query: useQuery({ ...liveQuery(listOpportunities, { query }, ["opportunity"]), enabled: isEnabled }),
  };
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together from a query
export function useDealsOf(customerId: CustomerId) {
  const isEnabled = useCan("deal.read");
  const query = { customerId, limit: pageSize };
  return {
    isEnabled,
    query: useQuery({ ...liveQuery(listDeals, { query }, ["deal", "payment"]), enabled: isEnabled }),
  };
}

type Editable = Exclude<keyof Customer, "custom" | "id" | "number" | "team" | "createdAt" | "updatedAt" | "version">;

/**
 * Writes one fact: shown at once, and taken back where it fails. What somebody else changed beside it stands.
 * @throws FieldConflict where somebody else changed the same fact
 */
export async function saveFact<K extends Editable>(
  customer: Customer,
  field: K,
  value: Customer[K],
  body: BodyOf<typeof updateCustomer>,
): Promise<void> {
  const params = { customerId: customer.id };
  const send = (seenVersion: number): Promise<Customer> => call(updateCustomer, { params, body, seenVersion });
  await saveShownField(getCustomer, customer, field, value, { send, entities: ["customer"] });
}

/**
 * Writes one field of the organization's own; what somebody else changed in others stands.
 * @throws FieldConflict where somebody else changed the same one
 */
export async function saveCustom(
  customer: Customer,
  custom: Customer["custom"],
  sent: CustomInput,
  key: string,
): Promise<void> {
  const params = { customerId: customer.id };
  const send = (seenVersion: number): Promise<Customer> =>
    call(updateCustomer, { params, body: { custom: sent }, seenVersion });
  const part = (record: Customer): unknown => record.custom[key];
  await saveShownField(getCustomer, customer, "custom", custom, { send, entities: ["customer"], part });
}
