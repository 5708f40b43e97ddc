import { getDeal } from "@rainmaker/contracts/revenue/deals";
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { useQuery } from "@tanstack/react-query";
import { Check, Coins, Handshake, MessageCircleReply, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { formatMoney } from "#lib/format";
import { liveQuery } from "#lib/query";
import { useCan } from "#lib/session";
import { Avatar } from "#ui/avatar";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { Moment } from "#ui/moment";
import { Note } from "#ui/note";
import { sumOf } from "../payments/amounts.ts";
import { DecisionHistory } from "../payments/payment-history.tsx";
import { methodName } from "../payments/payment-words.ts";
import { isOnProof, type Recorded } from "./comparison.ts";
import type { QueueItem } from "./queue-order.ts";
import { flagWords } from "./queue-words.ts";
import { Companions, Twins } from "./twins.tsx";

/** What the machine could read of the proof: undefined until it is here, null where it has no text. */
export type ProofText = string | null | undefined;

/** Worth knowing rather than suspicious. */
const mildFlags: ReadonlySet<QueueItem["flags"][number]> = new Set(["first_payment", "round_sum", "sent_again"]);

type PaymentReviewProps = {
  readonly item: QueueItem;
  readonly recorded: readonly Recorded[];
  readonly text: ProofText;
  /** On phones the page itself carries the customer and the number. */
  readonly isHeadHidden?: boolean;
  readonly notice: ReactNode;
};

/** What was recorded, what the proof says, what is odd about it, and what follows from verifying it. */
export function PaymentReview({
  item,
  recorded,
  text,
  isHeadHidden = false,
  notice,
}: PaymentReviewProps): ReactElement {
  const { payment, flags, barred } = item;
  return (
    <>
      {!isHeadHidden && <Head payment={payment} />}
      <div>
        <p className="tnum text-[34px] leading-10 font-semibold tracking-[-.02em]">{formatMoney(payment.amount)}</p>
        <p className="text-muted">
          {methodName(payment.method)}, of {formatMoney(payment.deal.amount, { style: "short" })}.{" "}
          {payment.recordedBy.name} recorded it <Moment at={payment.createdAt} isInSentence />.
        </p>
      </div>
      {notice}
      <Comparison recorded={recorded} text={text} />
      <Companions item={item} />
      {payment.answer !== null && (
        <Note icon={MessageCircleReply}>
          <strong className="font-medium">{(payment.submittedBy ?? payment.owner).name} answers:</strong>
          <p>“{payment.answer}”</p>
        </Note>
      )}
      <Twins twins={item.twins} />
      {flags.map((flag) => (
        <Note key={flag} tone={mildFlags.has(flag) ? "info" : "warning"} icon={TriangleAlert}>
          {flagWords[flag].sentence}
        </Note>
      ))}
      {flags.length === 0 && (
        <p className="flex items-center gap-2 text-muted">
          <Check size={14} aria-hidden="true" className="text-success-fg" />
          File and reference were never used before
        </p>
      )}
      {barred === null && <Consequences payment={payment} />}
      <DecisionHistory payment={payment} />
    </>
  );
}

function Head({ payment }: { readonly payment: Payment }): ReactElement {
  const { customer, number, deal, owner } = payment;
  return (
    <div className="flex items-center gap-2.5">
      <LogoMark id={customer.id} name={customer.name} />
      <span className="flex min-w-0 flex-1 flex-col leading-4.5">
        <h2 className="truncate font-medium">{customer.name}</h2>
        <span className="tnum truncate text-xs text-subtle">
          {number} on{" "}
          <TextLink to="/deals/$dealId" params={{ dealId: deal.id }}>
            {deal.number}
          </TextLink>
          , {deal.title}
        </span>
      </span>
      <Avatar person={owner} size={24} />
    </div>
  );
}

type ComparisonProps = { readonly recorded: readonly Recorded[]; readonly text: ProofText };

/** Side by side, under the numbers that frame the same things on the document. */
function Comparison({ recorded, text }: ComparisonProps): ReactElement {
  return (
    <>
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">What was recorded, and whether the proof says the same</caption>
        <thead>
          <tr className="text-left text-xs text-subtle">
            <th scope="col" className="h-8 w-7">
              <span className="sr-only">Number</span>
            </th>
            <th scope="col" className="font-medium">
              <span className="sr-only">Fact</span>
            </th>
            <th scope="col" className="pr-2 font-medium">
              Recorded
            </th>
            <th scope="col" className="font-medium">
              On proof
            </th>
          </tr>
        </thead>
        <tbody>
          {recorded.map((fact) => (
            <ComparisonRow key={fact.id} fact={fact} isFound={text == null ? null : isOnProof(text, fact)} />
          ))}
        </tbody>
      </table>
      {text === null && (
        <Note tone="info">This proof has no text that can be read by machine. Compare it with your own eyes.</Note>
      )}
    </>
  );
}

const cell = "h-8 border-t border-line-subtle py-1 pr-2 align-middle";

function ComparisonRow({ fact, isFound }: { readonly fact: Recorded; readonly isFound: boolean | null }): ReactElement {
  return (
    <tr className={isFound === false ? "bg-warning-soft" : ""}>
      <td className={`${cell} pl-1`}>
        <span
          aria-hidden="true"
          className={`tnum grid size-4.5 place-items-center rounded-full text-[11px] leading-none font-semibold ${numberLook(isFound)}`}
        >
          {fact.number}
        </span>
      </td>
      <th scope="row" className={`${cell} text-left font-normal text-subtle`}>
        {fact.label}
      </th>
      <td className={`${cell} tnum min-w-0 break-words`}>{fact.recorded}</td>
      <td className={cell}>
        <ProofAnswer isFound={isFound} />
      </td>
    </tr>
  );
}

function numberLook(isFound: boolean | null): string {
  if (isFound === null) return "bg-neutral-soft text-neutral-fg";
  return isFound ? "bg-success-soft text-success-fg" : "bg-[var(--warning-fg)] text-[var(--bg-surface)]";
}

function ProofAnswer({ isFound }: { readonly isFound: boolean | null }): ReactElement {
  if (isFound === null) return <span className="text-subtle">Not read</span>;
  if (!isFound) {
    return (
      <span className="flex items-center gap-1.5 text-warning-fg">
        <TriangleAlert size={14} aria-hidden="true" className="flex-none" /> Not found
      </span>
    );
  }
  return (
    <span className="flex items-center gap-1.5 text-success-fg">
      <Check size={14} aria-hidden="true" className="flex-none" /> Same
    </span>
  );
}

/** Said before the decision, because it is final. */
function Consequences({ payment }: { readonly payment: Payment }): ReactElement | null {
  const seesDeals = useCan("deal.read");
  const deal = useQuery({
    ...liveQuery(getDeal, { params: { dealId: payment.deal.id } }, ["deal", "payment"]),
    enabled: seesDeals && payment.status === "submitted",
  }).data;
  if (payment.status !== "submitted") return null;
  const short = (money: Payment["amount"]): string => formatMoney(money, { style: "short" });
  return (
    <section aria-labelledby="consequences" className="flex flex-col gap-1.5">
      <h2 id="consequences" className="font-medium text-muted">
        If you approve
      </h2>
      <p className="flex min-h-5 items-center gap-2 text-muted">
        <Handshake size={14} aria-hidden="true" className="flex-none text-subtle" />
        <span className="tnum">
          {deal === undefined
            ? `${payment.deal.number} counts it as verified`
            : `${payment.deal.number}: ${short(sumOf(deal.position.verified, payment.amount))} of ${short(deal.amount)} verified`}
        </span>
      </p>
      <p className="flex items-center gap-2 text-muted">
        <Coins size={14} aria-hidden="true" className="flex-none text-subtle" />
        {payment.owner.name} earns commission on it
      </p>
    </section>
  );
}
