import type { refundKinds, refundStatuses } from "@rainmaker/contracts/revenue/refunds";
import { Refusal } from "#platform/errors";
import { checkRefund } from "../commissions/take-back.ts";
import { refuseRefundOfCredit } from "./customer-credit.ts";
import { barFor, type Payment, type Stakes } from "./payment.ts";

/**
 * Money of a verified payment that went back, or came again: recorded by finance, sent to be verified with its proof,
 * verified by somebody else. draft -> submitted -> verified | rejected; withdrawn until it is decided.
 */
export type Refund = {
  readonly id: string;
  readonly ownerId: string;
  readonly paymentId: string;
  readonly dealId: string;
  readonly customerId: string;
  readonly kind: (typeof refundKinds)[number];
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Calendar day the money went. */
  readonly valueOn: string;
  readonly reference: string | null;
  readonly reason: string;
  readonly status: (typeof refundStatuses)[number];
  readonly recordedBy: string;
  readonly submittedAt: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly note: string | null;
  readonly version: number;
};

/** What refunds and chargebacks of a payment come to, verified or still waiting. Minor units. */
export type GoneBack = { readonly verified: bigint; readonly waiting: bigint; readonly chargedBack: bigint };

/** @throws Refusal where the payment has less left than this, counting what waits to be verified */
export function checkRoom(
  payment: Pick<Payment, "status" | "amountMinor" | "transferredMinor" | "creditOf">,
  { kind, amountMinor }: Pick<Refund, "kind" | "amountMinor">,
  gone: GoneBack,
): void {
  if (payment.status !== "verified") {
    throw new Refusal(
      "conflict",
      "payment_not_verified",
      `Only verified money goes back; this payment is ${payment.status}`,
    );
  }
  refuseRefundOfCredit(payment);
  if (kind === "chargeback_won") checkRefund(amountMinor, gone.chargedBack);
  else checkRefund(amountMinor, payment.amountMinor - payment.transferredMinor - gone.verified - gone.waiting);
}

/** The first proof sends it. @throws Refusal 409 */
export function proveRefund(refund: Refund, now: Date): Refund {
  if (refund.status !== "draft" && refund.status !== "submitted") throw decidedAlready(refund);
  return {
    ...refund,
    status: "submitted",
    submittedAt: refund.submittedAt ?? now.toISOString(),
    version: refund.version + 1,
  };
}

export function withdrawRefund(refund: Refund): Refund {
  if (refund.status !== "draft" && refund.status !== "submitted") throw decidedAlready(refund);
  return { ...refund, status: "withdrawn", version: refund.version + 1 };
}

/** Four eyes, as for the payment. @throws Refusal */
export function decideRefund(
  refund: Refund,
  verdict: "verified" | "rejected",
  { by, note, now }: { readonly by: string; readonly note: string | null; readonly now: Date },
  stakes: Stakes,
): Refund {
  if (refund.status === "draft") throw new Refusal("conflict", "proof_missing", "It has no proof yet");
  if (refund.status !== "submitted") throw decidedAlready(refund);
  if (barFor({ submittedBy: refund.recordedBy }, stakes, by) !== null) {
    throw new Refusal("forbidden", "self_approval", "Someone without a stake in this deal has to decide it");
  }
  return { ...refund, status: verdict, decidedBy: by, decidedAt: now.toISOString(), note, version: refund.version + 1 };
}

function decidedAlready({ status }: Refund): Refusal {
  return new Refusal("conflict", "invalid_transition", `This refund is already ${status}`);
}
