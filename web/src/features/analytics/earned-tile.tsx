import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import { listCommissions } from "@rainmaker/contracts/revenue/commissions";
import { readEarnings } from "@rainmaker/contracts/revenue/earnings";
import { rateText } from "@rainmaker/contracts/revenue/rate-text";
import { useQuery } from "@tanstack/react-query";
import { CircleQuestionMark } from "lucide-react";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { KpiTile } from "#ui/kpi-tile";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";
import { Moment } from "#ui/moment";

type EarnedTileProps = { readonly dashboard: Dashboard; readonly earned: NonNullable<Dashboard["earned"]> };

/** Commission of the open month, the last thing that added to it, and the way to its explanation. */
export function EarnedTile({ dashboard: { month }, earned }: EarnedTileProps): ReactElement {
  const { id } = useUser();
  const { data } = useQuery(
    liveQuery(listCommissions, { query: { participantId: id, month, limit: "1" } }, ["commission"]),
  );
  const last = data?.items[0];
  return (
    <KpiTile
      label="Commission this month"
      value={<LiveFigure>{formatMoney(earned, { style: "short" })}</LiveFigure>}
      context="accruing"
      end={
        <TextLink
          to="/commissions/$month"
          params={{ month }}
          search={last === undefined ? {} : { line: last.payment.number }}
          aria-label="Why commission this month"
          aria-keyshortcuts="W"
          className="inline-flex items-center gap-1 text-xs"
        >
          <CircleQuestionMark size={14} aria-hidden="true" />
          Why
        </TextLink>
      }
    >
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
    </KpiTile>
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
