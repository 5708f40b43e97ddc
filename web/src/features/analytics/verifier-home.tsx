import { readQueue } from "@rainmaker/contracts/revenue/payments";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleCheck, Play, ShieldCheck } from "lucide-react";
import type { ReactElement } from "react";
import { barNames, reasonNames } from "#features/revenue";
import { cx } from "#lib/class-names";
import { formatCount, formatCountOf, formatDuration, formatMoney, formatPercent } from "#lib/format";
import { useKey } from "#lib/keys";
import { liveQuery } from "#lib/query";
import { Badge } from "#ui/badge";
import { Bar } from "#ui/bar";
import { ButtonLink } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { ChartCard } from "#ui/chart-card";
import { ColumnChart } from "#ui/column-chart";
import { KpiTile } from "#ui/kpi-tile";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";
import { LogoMark } from "#ui/logo-mark";
import { QueryView } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import { agesTitle, queueAges } from "./queue-ages.ts";

type Queue = ReplyOf<typeof readQueue>;

/** The oldest of the queue; ages beyond these are counted by the server. */
const mostItems = "200";

/** What waits to be verified, how long, and what went back. */
export function VerifierHome(): ReactElement {
  const query = useQuery(liveQuery(readQueue, { query: { limit: mostItems } }, ["payment", "deal"]));
  const navigate = useNavigate();
  useKey("s", "Start verifying", () => void navigate({ to: "/verification" }));
  return (
    <QueryView query={query} what="The verification queue" skeleton={<QueueSkeleton />}>
      {(queue) => (
        <>
          <StartLine queue={queue} />
          <QueueTiles queue={queue} />
          <div className="grid gap-3.5 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
            <AgesCard queue={queue} />
            <ReasonsCard queue={queue} />
          </div>
          <OldestCard queue={queue} />
        </>
      )}
    </QueryView>
  );
}

function StartLine({ queue: { waiting, yours } }: { readonly queue: Queue }): ReactElement {
  const others = waiting - yours;
  if (waiting === 0) {
    return (
      <section className="flex items-center gap-3 rounded-lg border border-success-line bg-success-soft px-4.5 py-3.5">
        <CircleCheck size={20} className="flex-none text-success-fg" aria-hidden="true" />
        <div>
          <h2 className="text-md font-semibold">Nothing waits, all decided</h2>
          <p className="text-xs text-muted">A payment appears here the moment somebody sends it to verify.</p>
        </div>
      </section>
    );
  }
  return (
    <section className="flex items-center gap-3 rounded-lg border border-brand-line bg-brand-soft px-4.5 py-3.5 max-sm:flex-wrap">
      <ShieldCheck size={20} className="flex-none max-sm:hidden" aria-hidden="true" />
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <h2 className="tnum text-md font-semibold">
          <LiveFigure>{`${formatCountOf(waiting, "payment")} ${waiting === 1 ? "waits" : "wait"}`}</LiveFigure>,{" "}
          {formatCount(yours)} {yours === 1 ? "is" : "are"} yours to decide, oldest first
        </h2>
        <p className="text-xs text-muted">
          {others === 0
            ? "You have no stake in any of them."
            : `${formatCountOf(others, "payment")} you recorded or earn on: somebody else decides.`}
        </p>
      </div>
      <ButtonLink
        to="/verification"
        tone="primary"
        icon={Play}
        shortcut="s"
        aria-keyshortcuts="S"
        className="max-sm:h-11 max-sm:w-full"
      >
        Start
      </ButtonLink>
    </section>
  );
}

function QueueTiles({ queue }: { readonly queue: Queue }): ReactElement {
  const { decidedToday, medianWaitSeconds, sentBack30Days, decided30Days, overdue, waiting } = queue;
  const sentBack = decided30Days === 0 ? "0" : (sentBack30Days / decided30Days).toFixed(4);
  return (
    <div className="grid grid-cols-2 gap-3.5 max-sm:gap-2.5 lg:grid-cols-4">
      <KpiTile
        label="Decided today"
        value={<LiveFigure>{formatCount(decidedToday)}</LiveFigure>}
        context={`${formatCount(decided30Days)} in 30 days`}
      />
      <KpiTile
        label="Past 24 h"
        value={<LiveFigure>{formatCount(overdue)}</LiveFigure>}
        context={`of ${formatCount(waiting)} waiting`}
        end={overdue > 0 && <Badge tone="danger">Late</Badge>}
      />
      <KpiTile
        label="Median wait, 30 days"
        value={medianWaitSeconds === null ? "–" : formatDuration(medianWaitSeconds * 1000)}
        context="until decided"
      />
      <KpiTile
        label="Sent back, 30 days"
        value={formatPercent(sentBack).replace("%", "")}
        unit="%"
        context={`${formatCount(sentBack30Days)} of ${formatCount(decided30Days)}`}
      />
    </div>
  );
}

function AgesCard({ queue: { items, waiting, overdue } }: { readonly queue: Queue }): ReactElement {
  const ages = queueAges(items.map(({ waitingSeconds }) => waitingSeconds));
  const title = agesTitle(waiting, overdue);
  return (
    <ChartCard
      title={title}
      context="waiting now, by age"
      fileName="queue-by-age.csv"
      table={{
        heads: ["Age", "Payments"],
        rows: ages.map(({ label, count }) => ({ key: label, label, text: formatCount(count), csv: String(count) })),
      }}
    >
      <ColumnChart
        label={`${title}. Waiting by age: ${ages.map(({ label, count }) => `${label} ${count}`).join(", ")}.`}
        top=""
        points={ages.map(({ label, count, share, isLate }) => ({
          key: label,
          label,
          tick: label,
          share: share * 0.82,
          text: formatCountOf(count, "payment"),
          caption: formatCount(count),
          ...(isLate && { tone: "danger" as const }),
        }))}
      />
    </ChartCard>
  );
}

function ReasonsCard({ queue: { reasons, sentBack30Days } }: { readonly queue: Queue }): ReactElement {
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <Card>
      <CardHead title="Why proofs go back" end={`${formatCount(sentBack30Days)} in 30 days`} />
      {reasons.length === 0 ? (
        <CardBody className="text-muted">No payment was sent back in 30 days.</CardBody>
      ) : (
        <ul className="flex flex-col gap-0.5 px-4 pb-4">
          {reasons.map(({ reasonCode, count }) => (
            <li
              key={reasonCode}
              className="grid min-h-8 grid-cols-[minmax(0,3fr)_minmax(0,4fr)_28px_44px] items-center gap-2"
            >
              <span className="truncate">{reasonNames[reasonCode]}</span>
              <Bar share={count / most} className="h-3" />
              <span className="tnum text-right">{formatCount(count)}</span>
              <span className="tnum text-right text-subtle">
                {formatPercent((count / Math.max(1, sentBack30Days)).toFixed(4))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function OldestCard({ queue: { items, waiting } }: { readonly queue: Queue }): ReactElement | null {
  if (items.length === 0) return null;
  return (
    <Card>
      <CardHead title="Oldest first" end={<TextLink to="/verification">All {formatCount(waiting)}</TextLink>} />
      <ul>
        {items.slice(0, 5).map((item) => (
          <OldestRow key={item.payment.id} item={item} />
        ))}
      </ul>
    </Card>
  );
}

function OldestRow({
  item: { payment, barred, waitingSeconds },
}: {
  readonly item: Queue["items"][number];
}): ReactElement {
  const { id, customer, number, submittedBy, amount } = payment;
  const isLate = waitingSeconds >= 86_400;
  return (
    <li className="flex min-h-13 items-center gap-2.5 border-t border-line-subtle px-4">
      <LogoMark id={customer.id} name={customer.name} />
      <span className="flex min-w-0 flex-1 flex-col leading-[17px]">
        <TextLink
          to="/verification"
          search={{ payment: id }}
          className={cx("truncate", barred === null ? "text-default" : "text-subtle")}
        >
          {customer.name}
        </TextLink>
        <span className="tnum truncate text-xs text-subtle">
          {number} · {submittedBy?.name}
        </span>
      </span>
      {barred === null ? (
        isLate && (
          <Badge tone="danger" className="max-sm:hidden">
            Past 24 h
          </Badge>
        )
      ) : (
        <Badge tone="line">{barNames[barred]}</Badge>
      )}
      <span className="tnum min-w-20 text-right font-medium">{formatMoney(amount, { style: "short" })}</span>
      <span className={cx("tnum min-w-12 text-right", isLate ? "text-danger-fg" : "text-muted")}>
        {formatDuration(waitingSeconds * 1000)}
      </span>
    </li>
  );
}

function QueueSkeleton(): ReactElement {
  return (
    <div className="flex flex-col gap-3.5">
      <Skeleton className="h-17 rounded-lg" />
      <div className="grid grid-cols-2 gap-3.5 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((tile) => (
          <Skeleton key={tile} className="h-20 rounded-lg" />
        ))}
      </div>
      <Skeleton className="h-60 rounded-lg" />
    </div>
  );
}
