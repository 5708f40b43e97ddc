/** rejected: the proof has to be fixed; saving a change makes the next version, to be submitted again. */
export const paymentStatuses = ["draft", "submitted", "verified", "rejected"] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];
