import type { Payment } from "@rainmaker/contracts/revenue/payments";
import type { ReactElement } from "react";
import { formatMoney, signOf } from "#lib/format";
import { FactList } from "#ui/fact-list";
import { DayText, Moment } from "#ui/moment";
import { methodName } from "./payment-words.ts";

export function PaymentFacts({ payment }: { readonly payment: Payment }): ReactElement {
  const { valueOn, method, reference, recordedBy, submittedBy, submittedAt, free, creditOf } = payment;
  return (
    <FactList
      facts={[
        { label: "Received on", value: <DayText day={valueOn} /> },
        { label: "Method", value: methodName(method) },
        creditOf === null
          ? { label: "Bank reference", value: reference ?? "None" }
          : { label: "Credit of", value: creditOf.number },
        ...(signOf(free) > 0 ? [{ label: "Not applied to an invoice", value: formatMoney(free) }] : []),
        { label: "Recorded by", value: recordedBy.name },
        ...(submittedBy === null || submittedAt === null
          ? []
          : [
              {
                label: "Sent",
                value: (
                  <>
                    {submittedBy.name}, <Moment at={submittedAt} isInSentence />
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}
