/**
 * rejected: the proof has to be fixed; saving a change makes the next version, to be submitted again. asked: a verifier
 * wants to know more first. withdrawn: taken back by who sent it. reversed: verified by mistake, and taken back.
 */
export const paymentStatuses = [
  "draft",
  "submitted",
  "asked",
  "verified",
  "rejected",
  "withdrawn",
  "reversed",
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];
