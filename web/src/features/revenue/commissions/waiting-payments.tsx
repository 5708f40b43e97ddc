import type { MemberId } from "@rainmaker/contracts/ids";
import { listPayments, type Payment } from "@rainmaker/contracts/revenue/payments";
import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { liveQuery } from "#lib/query";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { Moment } from "#ui/moment";
import { StatusBadge } from "#ui/status-badge";
import { reasonNames } from "../payments/payment-words.ts";

const most = "50";

/** Payments of the month that have earned nothing yet, and why: absence is explained too. */
export function WaitingPayments({
  month,
  ownerId,
}: {
  readonly month: string;
  readonly ownerId: MemberId;
}): ReactElement | null {
  const submitted = useQuery(waitingQuery("submitted", ownerId));
  const rejected = useQuery(waitingQuery("rejected", ownerId));
  const waiting = [...(rejected.data?.items ?? []), ...(submitted.data?.items ?? [])].filter(
    ({ valueOn }) => monthOf(valueOn) === month,
  );
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting-title" className="flex-none border-t print:hidden">
      <h2
        id="waiting-title"
        className="flex h-9 items-center border-b border-line-subtle bg-sunken px-5 text-xs font-medium text-subtle max-sm:px-4"
      >
        Not earned yet: commission is posted when a payment is verified
      </h2>
      <ul>
        {waiting.map((payment) => (
          <Waiting key={payment.id} payment={payment} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ payment }: { readonly payment: Payment }): ReactElement {
  const { customer, number, deal, amount, submittedAt, status } = payment;
  const last = payment.decisions.at(-1);
  return (
    <li className="flex min-h-13.5 items-center gap-2.5 border-b border-line-subtle px-5 max-sm:px-4">
      <LogoMark id={customer.id} name={customer.name} />
      <span className="flex min-w-0 flex-1 flex-col leading-[17px]">
        <span className="truncate font-medium">{customer.name}</span>
        <span className="tnum truncate text-xs text-subtle">
          {number} ·{" "}
          <TextLink to="/deals/$dealId" params={{ dealId: deal.id }}>
            {deal.number}
          </TextLink>
          {status === "submitted" && submittedAt !== null && (
            <>
              {" "}
              · sent <Moment at={submittedAt} isInSentence />
            </>
          )}
          {status === "rejected" && last?.reasonCode != null && ` · ${reasonNames[last.reasonCode].toLowerCase()}`}
        </span>
      </span>
      <span className="tnum">{formatMoney(amount)}</span>
      <StatusBadge status={status === "rejected" ? "fix-proof" : "in-review"} />
    </li>
  );
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
function waitingQuery(status: "submitted" | "rejected", ownerId: MemberId) {
  return liveQuery(listPayments, { query: { status, ownerId, limit: most } }, ["payment"]);
}
