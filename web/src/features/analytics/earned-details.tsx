import { listCommissions } from "@rainmaker/contracts/revenue/commissions";
import { readEarnings } from "@rainmaker/contracts/revenue/earnings";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { TextLink } from "#ui/link";
import { Moment } from "#ui/moment";

/** What pays more, and the last thing that added to the month's commission. */
export function EarnedDetails({ month }: { readonly month: string }): ReactElement {
  const { id } = useUser();
  const { data } = useQuery(
    liveQuery(listCommissions, { query: { participantId: id, month, limit: "1" } }, ["commission"]),
  );
  const last = data?.items[0];
  return (
    <>
      <NextStep />
      {last === undefined ? (
        <p className="text-xs text-muted">Posted the moment a payment of yours is verified</p>
      ) : (
        <>
          <p className="tnum mt-1 text-earn-fg">
            {formatMoney(last.amount, { signed: true })} <span className="text-muted">{last.customer.name}</span>
          </p>
          <p className="tnum text-xs text-muted">
            <TextLink
              to="/commissions/$month"
              params={{ month }}
              search={{ line: last.payment.number }}
              aria-label={`Why ${formatMoney(last.amount)}, ${last.payment.number}`}
            >
              {last.payment.number}
            </TextLink>
            , <Moment at={last.postedAt} isInSentence />
          </p>
        </>
      )}
    </>
  );
}

/** The way to what pays more; the space stays where there is none. */
function NextStep(): ReactElement {
  const { data } = useQuery(liveQuery(readEarnings, {}, ["commission", "payment", "deal", "plan", "quota"]));
  const next = data?.rules.find((rule) => rule.next !== null)?.next;
  return (
    <p className="tnum text-xs text-muted">
      {next == null ? "\u00a0" : `${formatMoney(next.missing)} more verified revenue pays ${rateText(next.rate)}`}
    </p>
  );
}
