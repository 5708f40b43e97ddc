import { Eye, UserCheck } from "lucide-react";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { TextLink } from "#ui/link";
import { DayText, Moment } from "#ui/moment";
import { Note } from "#ui/note";
import { PaymentBadge } from "../payments/payment-badge.tsx";
import type { QueueItem } from "./queue-order.ts";

type Twin = QueueItem["twins"][number];

const sameWords: Readonly<Record<Twin["same"][number], string>> = {
  file: "same file",
  reference: "same reference",
  amount_and_day: "same amount within three days",
};

/** Payments that this one may be the same as, to be compared before it is approved. */
export function Twins({ twins }: { readonly twins: readonly Twin[] }): ReactElement | null {
  if (twins.length === 0) return null;
  return (
    <section aria-labelledby="twins" className="flex flex-col gap-1.5">
      <h2 id="twins" className="font-medium text-muted">
        May be the same
      </h2>
      <ul className="flex flex-col gap-1.5">
        {twins.map((twin) => (
          <li key={twin.id} className="rounded-md border px-3 py-2">
            <p className="flex items-center gap-2">
              <TextLink to="/deals" search={{ show: "payments", payment: twin.id }} className="tnum font-medium">
                {twin.number}
              </TextLink>
              <PaymentBadge status={twin.status} />
              <span className="tnum ml-auto">{formatMoney(twin.amount)}</span>
            </p>
            <p className="text-xs text-subtle">
              {twin.customer.name}, received <DayText day={twin.valueOn} />, recorded by {twin.recordedBy.name}{" "}
              <Moment at={twin.createdAt} isInSentence />
            </p>
            <p className="text-xs text-warning-fg">{twin.same.map((same) => sameWords[same]).join(", ")}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who else is at it: looks right now, or agreed as the first of two. */
export function Companions({ item }: { readonly item: QueueItem }): ReactElement | null {
  const { claim, endorsedBy, payment } = item;
  return (
    <>
      {claim !== null && (
        <Note icon={Eye} tone="warning">
          <strong className="font-medium">{claim.by.name} looks at it right now.</strong> You can still decide it.
        </Note>
      )}
      {payment.approvalsNeeded > 1 && (
        <Note icon={UserCheck}>
          {endorsedBy === null
            ? "It takes two verifiers: after you somebody else has to agree."
            : `${endorsedBy.name} agreed. You are the second of two.`}
        </Note>
      )}
    </>
  );
}
