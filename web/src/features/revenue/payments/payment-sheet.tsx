import type { PaymentId } from "@rainmaker/contracts/ids";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { useUser } from "#lib/session";
import { QueryView } from "#ui/query-view";
import { Sheet } from "#ui/sheet";
import { SkeletonLines } from "#ui/skeleton";
import { reaches } from "../deals/deal-words.ts";
import { dealQuery } from "../deals/use-deals.ts";
import { AfterVerification } from "./after-verification.tsx";
import { DealLine } from "./deal-line.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { PaymentBadge } from "./payment-badge.tsx";
import { PaymentEditor } from "./payment-editor.tsx";
import { PaymentFacts } from "./payment-facts.tsx";
import { DecisionHistory, SentBack } from "./payment-history.tsx";
import { TakeBack } from "./take-back.tsx";
import { paymentQuery } from "./use-payments.ts";

type PaymentSheetProps = { readonly paymentId: PaymentId; readonly onClose: () => void };

/** One payment: to be corrected and sent while it is a draft or came back, to be read afterwards. */
export function PaymentSheet({ paymentId, onClose }: PaymentSheetProps): ReactElement {
  const payment = useQuery(paymentQuery(paymentId));
  const dealId = payment.data?.deal.id;
  const deal = useQuery({ ...dealQuery(dealId as Deal["id"]), enabled: dealId !== undefined });
  if (payment.data !== undefined && deal.data !== undefined) {
    return <LoadedSheet key={paymentId} payment={payment.data} deal={deal.data} onClose={onClose} />;
  }
  return (
    <Sheet isOpen onClose={onClose} title="Payment">
      <QueryView
        query={payment.data === undefined ? payment : (deal as never)}
        what="This payment"
        skeleton={<SkeletonLines lines={6} />}
      >
        {() => null}
      </QueryView>
    </Sheet>
  );
}

type LoadedSheetProps = { readonly payment: Payment; readonly deal: Deal; readonly onClose: () => void };

function LoadedSheet({ payment, deal, onClose }: LoadedSheetProps): ReactElement {
  const formId = useId();
  const user = useUser();
  const isOpen = payment.status === "draft" || payment.status === "rejected" || payment.status === "asked";
  if (isOpen && reaches(user, "payment.record", payment.owner.id)) {
    return (
      <PaymentEditor
        title={titleOf(payment)}
        formId={formId}
        deal={deal}
        payment={payment}
        head={
          <>
            <DealLine deal={deal} />
            <SentBack payment={payment} />
            <EvidenceList files={payment.evidence} />
            <TakeBack payment={payment} onClose={onClose} />
          </>
        }
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet isOpen onClose={onClose} title={payment.number} context={payment.customer.name}>
      <DealLine deal={deal} />
      <p className="flex items-center gap-3">
        <span className="tnum text-2xl font-semibold">{formatMoney(payment.amount)}</span>
        <PaymentBadge status={payment.status} />
      </p>
      <PaymentFacts payment={payment} />
      <EvidenceList files={payment.evidence} />
      <TakeBack payment={payment} onClose={onClose} />
      {(payment.status === "verified" || payment.status === "reversed") && <AfterVerification payment={payment} />}
      <DecisionHistory payment={payment} />
    </Sheet>
  );
}

function titleOf({ status, number }: Payment): string {
  if (status === "rejected") return `Fix ${number}`;
  return status === "asked" ? `Answer about ${number}` : number;
}
