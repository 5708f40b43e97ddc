import { DealId, MemberId, PaymentId, ProjectId } from "@rainmaker/contracts/ids";
import { paymentStatuses } from "@rainmaker/contracts/revenue/payment-status";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of these pages. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const dealsSearch = z.object({
  /** Deals unless it says payments. */
  show: maybe(z.enum(["payments"])),
  view: maybe(z.enum(["attention", "review", "paid"])),
  status: maybe(z.enum(paymentStatuses)),
  owner: maybe(MemberId),
  project: maybe(ProjectId),
  /** The payment that is open in the sheet. */
  payment: maybe(PaymentId),
  /** The sheet that records a payment is open: for this deal, or for one that is still to be chosen. */
  record: maybe(z.union([z.literal("new"), DealId])),
});
export type DealsSearch = z.output<typeof dealsSearch>;

export const dealSearch = z.object({
  payment: maybe(PaymentId),
  record: maybe(z.literal("new")),
});

export const verificationSearch = z.object({
  /** The payment in focus; the first one that may be decided without it. */
  payment: maybe(PaymentId),
});
