import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatCountOf, formatDuration, formatMoney } from "#lib/format";
import { useUser } from "#lib/session";
import { Badge } from "#ui/badge";
import { KpiTile } from "#ui/kpi-tile";
import { LiveFigure } from "#ui/live-figure";
import { approvalsQuery, mayDecide } from "./approvals.ts";

/** Deals that wait for this person: how much, how many, how long. */
export function ApprovalsTile(): ReactElement {
  const { id, organization } = useUser();
  const { data } = useQuery(approvalsQuery());
  const waiting = (data?.items ?? []).filter((deal) => mayDecide(deal, id));
  const oldest = waiting.reduce((age, { submittedAt }) => Math.max(age, ageOf(submittedAt)), 0);
  const currency = organization?.currency ?? "USD";
  const isKnown = data !== undefined;
  return (
    <KpiTile
      label="Waiting for your approval"
      value={<LiveFigure>{isKnown ? formatMoney(sumOf(waiting, currency), { style: "compact" }) : "–"}</LiveFigure>}
      context={formatCountOf(waiting.length, "deal")}
      end={waiting.length > 0 && <Badge tone="info">{waiting.length}</Badge>}
    >
      <p className="mt-3.5 text-xs text-muted">
        {waiting.length === 0 ? "Every submitted deal is decided" : `Oldest waits ${formatDuration(oldest)}`}
      </p>
    </KpiTile>
  );
}

function ageOf(submittedAt: string | null): number {
  return submittedAt === null ? 0 : Date.now() - Date.parse(submittedAt);
}

/** Of the organization's currency: two currencies are never added up. */
function sumOf(deals: readonly Deal[], currency: string): WireMoney {
  const minor = deals
    .filter(({ amount }) => amount.currency === currency)
    .reduce((total, { amount }) => total + fromWire(amount).minor, 0n);
  return toWire(minor, currency);
}
