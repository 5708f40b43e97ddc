import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { CustomerId, DealId, PaymentId } from "../ids.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { Day } from "../time.ts";
import { Invoice, invoiceParams } from "./invoices.ts";
import { Payment, paymentParams } from "./payments.ts";

export const payByCredit = endpoint(
  "POST",
  "/payments/{paymentId}/credit-uses",
  "Pay for another deal of the customer with credit: a payment of its own, which is verified as any other",
  "payment.record",
  {
    params: paymentParams,
    /** As much as is left, unless given. */
    body: z.strictObject({ dealId: DealId, amount: z.optional(PositiveMoney) }),
    status: 201,
    reply: Payment,
  },
);

export const readCustomerCredit = endpoint(
  "GET",
  "/customers/{customerId}/credit",
  "What a customer has paid and nothing was applied to, by payment",
  "payment.read",
  {
    params: z.strictObject({ customerId: CustomerId }),
    reply: z.object({
      items: z.array(
        z.object({
          payment: z.object({ id: PaymentId, number: z.string() }),
          deal: z.object({ id: DealId, number: z.string(), title: z.string() }),
          valueOn: Day,
          free: MoneyReply,
          credit: MoneyReply,
        }),
      ),
      /** One per currency. */
      totals: z.array(z.object({ free: MoneyReply, credit: MoneyReply })),
    }),
  },
);

export const applyToInvoice = endpoint(
  "POST",
  "/invoices/{invoiceId}/allocations",
  "Apply free money of a payment of the same deal to an open invoice",
  "invoice.issue",
  {
    params: invoiceParams,
    body: z.strictObject({
      paymentId: PaymentId,
      /** As much as is free and due, unless given. */
      amount: z.optional(PositiveMoney),
      seenVersion: z.optional(z.int()),
    }),
    status: 201,
    reply: Invoice,
  },
);
