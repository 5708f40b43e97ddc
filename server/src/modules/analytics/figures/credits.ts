import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";

/** What narrows the credits that a figure adds up. */
export type CreditFilters = {
  readonly memberId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly method?: string | undefined;
};

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether a group of this grouping can have the key at all. */
export function isKeyOf(by: SalesGrouping, key: string): boolean {
  if (by === "month") return isMonth.test(key);
  return by === "method" ? /^[a-z_]+$/.test(key) : isUuid.test(key);
}
