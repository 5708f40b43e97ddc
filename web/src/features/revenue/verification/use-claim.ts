import type { PaymentId } from "@rainmaker/contracts/ids";
import { claimPayment, releasePayment } from "@rainmaker/contracts/revenue/payment-decisions";
import { useEffect } from "react";
import { call, newKey } from "#lib/api";

/** Renewed well before its ten minutes are over. */
const renewMs = 240_000;
/** Whoever only passes by with J and K claims nothing. */
const restMs = 1500;

/** Tells the other verifiers which payment one looks at, as long as one does. It decides nothing, so failing is silent. */
export function useClaim(paymentId: PaymentId | undefined): void {
  useEffect(() => {
    if (paymentId === undefined) return undefined;
    const input = { params: { paymentId } };
    let isClaimed = false;
    const claim = (): void => {
      isClaimed = true;
      call(claimPayment, { ...input, idempotencyKey: newKey() }).catch(() => undefined);
    };
    const first = setTimeout(claim, restMs);
    const renewal = setInterval(claim, renewMs);
    return () => {
      clearTimeout(first);
      clearInterval(renewal);
      if (isClaimed) call(releasePayment, { ...input, idempotencyKey: newKey() }).catch(() => undefined);
    };
  }, [paymentId]);
}
