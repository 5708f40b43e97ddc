import type { PaymentId } from "@rainmaker/contracts/ids";
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { useQuery } from "@tanstack/react-query";
import { Info } from "lucide-react";
import { useEffect, type ReactElement, type ReactNode } from "react";
import { announce } from "#lib/announce";
import { Button } from "#ui/button";
import { Note } from "#ui/note";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { paymentQuery } from "../payments/use-payments.ts";
import type { QueueItem } from "./queue-order.ts";

type DecidedElsewhereProps = {
  readonly paymentId: PaymentId;
  /** Goes on with the queue; undefined where nothing is left in it. */
  readonly onNext: (() => void) | undefined;
  readonly children: (item: QueueItem, notice: ReactNode) => ReactNode;
};

/** A payment that is not, or no longer, among those that wait: who decided it, instead of a row that vanished. */
export function DecidedElsewhere({ paymentId, onNext, children }: DecidedElsewhereProps): ReactElement {
  const query = useQuery(paymentQuery(paymentId));
  return (
    <QueryView query={query} what="This payment" skeleton={<SkeletonLines lines={6} />} className="flex-1 p-5">
      {(payment) => children(itemOf(payment), <Decided payment={payment} onNext={onNext} />)}
    </QueryView>
  );
}

/** Beyond the pages that were read nothing is known about it but itself; the server has the last word. */
function itemOf(payment: Payment): QueueItem {
  return { payment, waitingSeconds: 0, barred: null, flags: [], twins: [], claim: null, endorsedBy: null };
}

const doneWords: Readonly<Record<Payment["decisions"][number]["verdict"], string>> = {
  endorsed: "agreed to",
  verified: "verified",
  rejected: "sent back",
  asked: "asked about",
  reversed: "reversed",
};

function Decided({
  payment,
  onNext,
}: {
  readonly payment: Payment;
  readonly onNext: (() => void) | undefined;
}): ReactNode {
  const last = payment.decisions.at(-1);
  const sentence =
    last === undefined || payment.status === "submitted"
      ? null
      : `${last.by.name} ${doneWords[last.verdict]} ${payment.number}.`;
  useEffect(() => {
    if (sentence !== null) announce(sentence);
  }, [sentence]);
  if (sentence === null) return null;
  return (
    <Note
      icon={Info}
      end={
        onNext !== undefined && (
          <Button size="xs" shortcut="j" onClick={onNext}>
            Next
          </Button>
        )
      }
    >
      <strong className="font-medium">{sentence}</strong> Nothing is left to do here.
    </Note>
  );
}
