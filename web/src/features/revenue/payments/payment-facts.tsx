import type { Payment } from "@rainmaker/contracts/revenue/payments";
import type { ReactElement } from "react";
import { FactList } from "#ui/fact-list";
import { DayText, Moment } from "#ui/moment";
import { methodName } from "./payment-words.ts";

export function PaymentFacts({ payment }: { readonly payment: Payment }): ReactElement {
  const { valueOn, method, reference, recordedBy, submittedBy, submittedAt } = payment;
  return (
    <FactList
      facts={[
        { label: "Received on", value: <DayText day={valueOn} /> },
        { label: "Method", value: methodName(method) },
        { label: "Bank reference", value: reference ?? "None" },
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
