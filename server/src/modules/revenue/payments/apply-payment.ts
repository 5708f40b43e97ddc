export type OpenInvoice = { readonly id: string; readonly due: bigint };

export type Allocation = {
  readonly invoice: string;
  readonly applied: bigint;
  readonly status: "paid" | "partially_paid";
};

/**
 * Applies a payment to invoices in their order. What is left over is the customer's credit, and earns nobody commission
 * until it is applied. Minor units.
 */
export function applyPayment(
  payment: bigint,
  invoices: readonly OpenInvoice[],
): { readonly allocations: Allocation[]; readonly unapplied: bigint } {
  let left = payment;
  const allocations = invoices.flatMap(({ id, due }): Allocation[] => {
    const applied = left < due ? left : due;
    left -= applied;
    if (applied === 0n) return [];
    return [{ invoice: id, applied, status: applied === due ? "paid" : "partially_paid" }];
  });
  return { allocations, unapplied: left };
}
