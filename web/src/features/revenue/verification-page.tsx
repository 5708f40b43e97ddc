import type { PaymentId } from "@rainmaker/contracts/ids";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ClockAlert, ShieldCheck } from "lucide-react";
import { useEffect, useState, type ReactElement, type ReactNode } from "react";
import { announce } from "#lib/announce";
import { formatCount, formatDuration } from "#lib/format";
import { useMedia } from "#lib/media";
import { Badge } from "#ui/badge";
import { ButtonLink } from "#ui/button";
import { BlankPage } from "#ui/document-viewer";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { PageHead } from "#ui/page-head";
import { SkeletonLines } from "#ui/skeleton";
import { SlowNote } from "#ui/query-view";
import { ApproveClean } from "./verification/approve-clean.tsx";
import { DecidedElsewhere } from "./verification/decided-elsewhere.tsx";
import { QueueList } from "./verification/queue-list.tsx";
import { afterDeciding, firstOf, neighbourOf, type QueueItem } from "./verification/queue-order.ts";
import { waitOf } from "./verification/queue-words.ts";
import { RefundsToCheck } from "./verification/refunds-to-check.tsx";
import { ReviewDesk } from "./verification/review-desk.tsx";
import { useClaim } from "./verification/use-claim.ts";
import { useQueue, type Queue } from "./verification/use-queue.ts";

const crumbs = [{ label: "the queue", to: "/verification" }];

export function VerificationPage(): ReactElement {
  const { payment: shownId } = useSearch({ from: "/shell/verification" });
  const navigate = useNavigate({ from: "/verification" });
  // Under 900 px the queue and its item are pages of their own.
  const isNarrow = useMedia("narrow");
  const go = (payment: PaymentId | undefined, replace = true): void => void navigate({ search: { payment }, replace });
  const queue = useQueue(go);
  useClaim(decidableOf(queue, shownId));
  const first = queue.items === undefined ? undefined : firstOf(queue.items)?.payment.id;
  // Put in the address at once: what is looked at does not change by what others decide.
  const isUnchosen = shownId === undefined && !isNarrow;
  useEffect(() => {
    if (isUnchosen && first !== undefined) void navigate({ search: { payment: first }, replace: true });
  }, [isUnchosen, first, navigate]);

  const shown = queue.all?.find(({ payment }) => payment.id === shownId);
  const isItemPage = isNarrow && shownId !== undefined;
  return (
    <>
      <Head queue={queue} shown={isItemPage ? shown : undefined} isItemPage={isItemPage} />
      {queue.items === undefined ? (
        <QueueUnread queue={queue} />
      ) : shownId === undefined && first === undefined ? (
        <AllDone />
      ) : (
        <div className="flex min-h-0 flex-1">
          {!isItemPage && (
            <QueueList
              items={queue.items}
              currentId={shownId}
              onOpen={({ payment }) => go(payment.id, !isNarrow)}
              hasMore={queue.query.hasNextPage}
              onMore={() => void queue.query.fetchNextPage()}
              foot={
                <>
                  <RefundsToCheck />
                  <ApproveClean items={queue.items} onDecide={queue.decide} />
                </>
              }
              className="w-[296px] flex-none border-r border-line-subtle max-lg:w-56 max-md:w-full max-md:border-r-0"
            />
          )}
          {shownId !== undefined && <Desk queue={queue} shownId={shownId} shown={shown} onGo={go} />}
        </div>
      )}
    </>
  );
}

/** Looked at to be decided: what one may not decide is only read. */
function decidableOf({ all }: Queue, shownId: PaymentId | undefined): PaymentId | undefined {
  return all?.find((item) => item.payment.id === shownId && item.barred === null)?.payment.id;
}

type HeadProps = {
  readonly queue: Queue;
  /** The payment that has the page for itself. */
  readonly shown: QueueItem | undefined;
  readonly isItemPage: boolean;
};

function Head({ queue, shown, isItemPage }: HeadProps): ReactElement {
  const { figures, all = [] } = queue;
  if (shown === undefined) {
    return (
      <PageHead
        title="Verification"
        crumbs={isItemPage ? crumbs : []}
        context={<Waiting figures={figures} />}
        actions={<Today figures={figures} />}
      />
    );
  }
  const place = `${formatCount(all.indexOf(shown) + 1)} of ${formatCount(figures?.waiting ?? all.length)}`;
  return (
    <PageHead
      title={`${shown.payment.customer.name}, ${shown.payment.number}`}
      crumbs={crumbs}
      context={`${place}, waiting ${waitOf(shown.waitingSeconds)}`}
    />
  );
}

function AllDone(): ReactElement {
  return (
    <div className="p-5 max-sm:p-4">
      <EmptyState
        icon={ShieldCheck}
        title="All done"
        actions={
          <ButtonLink to="/deals" search={{ show: "payments" }}>
            See all payments
          </ButtonLink>
        }
      >
        No payment waits to be verified. New ones appear here by themselves.
      </EmptyState>
      <RefundsToCheck />
    </div>
  );
}

type DeskProps = {
  readonly queue: Queue;
  readonly shownId: PaymentId;
  readonly shown: QueueItem | undefined;
  readonly onGo: (paymentId: PaymentId | undefined) => void;
};

/** The payment in focus, wherever it stands. */
function Desk({ queue, shownId, shown, onGo }: DeskProps): ReactElement {
  const isStacked = useMedia("noRail");
  const isPhone = useMedia("narrow");
  const items = queue.items ?? [];
  const [takesFocus, setTakesFocus] = useState(false);
  const step = (by: 1 | -1): void => {
    const target = neighbourOf(items, shownId, by);
    if (target === undefined) announce(by === 1 ? "This is the last payment you may decide" : "This is the first one");
    else tellAndGo(target, onGo);
  };
  const deskFor = (item: QueueItem, notice: ReactNode): ReactElement => (
    <ReviewDesk
      key={`${item.payment.id} ${item.payment.version}`}
      item={item}
      isStacked={isStacked}
      isPhone={isPhone}
      takesFocus={takesFocus}
      notice={notice}
      onStep={step}
      onDecide={(verdict) => {
        // Somebody who decides by button or field stands in the desk, which is about to go.
        setTakesFocus(document.activeElement !== document.body);
        const next = afterDeciding(items, item.payment.id);
        void queue.decide(item.payment, verdict);
        if (next === undefined) onGo(undefined);
        else tellAndGo(next, onGo);
      }}
    />
  );
  if (shown !== undefined) return deskFor(shown, null);
  const next = neighbourOf(items, shownId, 1);
  return (
    <DecidedElsewhere
      key={shownId}
      paymentId={shownId}
      onNext={next === undefined ? undefined : () => tellAndGo(next, onGo)}
    >
      {deskFor}
    </DecidedElsewhere>
  );
}

function tellAndGo({ payment }: QueueItem, onGo: DeskProps["onGo"]): void {
  announce(`${payment.number}, ${payment.customer.name}`);
  onGo(payment.id);
}

function QueueUnread({ queue }: { readonly queue: Queue }): ReactElement {
  const retry = (): void => void queue.query.refetch();
  if (queue.query.error !== null) {
    return <ErrorState error={queue.query.error} what="The queue" onRetry={retry} className="m-5 max-sm:m-4" />;
  }
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1">
      <span className="sr-only">Loading the queue</span>
      <div className="w-[296px] flex-none border-r border-line-subtle p-4 max-lg:w-56 max-md:w-full max-md:border-r-0">
        <SkeletonLines lines={12} />
        <SlowNote onRetry={retry} />
      </div>
      <div className="min-w-0 flex-1 overflow-clip bg-sunken p-5 max-md:hidden">
        <BlankPage />
      </div>
      <div className="w-[360px] flex-none border-l border-line-subtle p-4.5 max-lg:hidden">
        <SkeletonLines lines={9} />
      </div>
    </div>
  );
}

type FiguresProps = { readonly figures: Queue["figures"] };

function Waiting({ figures }: FiguresProps): ReactElement | null {
  if (figures === undefined) return null;
  return (
    <>
      <Badge tone="info">{formatCount(figures.waiting)} waiting</Badge>
      {figures.overdue > 0 && (
        <span className="flex items-center gap-1.5 text-xs font-medium text-danger-fg">
          <ClockAlert size={14} aria-hidden="true" /> {formatCount(figures.overdue)} past 24 h
        </span>
      )}
    </>
  );
}

function Today({ figures }: FiguresProps): ReactElement | null {
  if (figures === undefined) return null;
  const { decidedToday, medianWaitSeconds, p90WaitSeconds, reversed30Days } = figures;
  return (
    <span className="tnum text-xs text-muted">
      Today: <b className="font-medium text-default">{formatCount(decidedToday)} decided</b>
      {medianWaitSeconds !== null && `, usually within ${formatDuration(medianWaitSeconds * 1000)}`}
      {p90WaitSeconds !== null && `, 9 of 10 within ${formatDuration(p90WaitSeconds * 1000)}`}
      {reversed30Days > 0 && `, ${formatCount(reversed30Days)} reversed in 30 days`}
    </span>
  );
}
