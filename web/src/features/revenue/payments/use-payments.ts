import type { DealId, MemberId, PaymentId } from "@rainmaker/contracts/ids";
import { getPayment, listPayments, type PaymentStatus } from "@rainmaker/contracts/revenue/payments";
import { livePages, liveQuery } from "#lib/query";

export type PaymentFilter = {
  readonly deal?: DealId | undefined;
  readonly owner?: MemberId | undefined;
  readonly status?: PaymentStatus | undefined;
};

const pageSize = "50";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function paymentsQuery({ deal, owner, status }: PaymentFilter) {
  const filter = {
    ...(deal !== undefined && { dealId: deal }),
    ...(owner !== undefined && { ownerId: owner }),
    ...(status !== undefined && { status }),
  };
  return livePages(listPayments, { query: { limit: pageSize, ...filter } }, ["payment"]);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function paymentQuery(paymentId: PaymentId) {
  return liveQuery(getPayment, { params: { paymentId } }, ["payment"]);
}
