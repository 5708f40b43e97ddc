import type { Dispute } from "@rainmaker/contracts/revenue/disputes";
import type { DisputeId } from "@rainmaker/contracts/ids";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatMonth } from "#lib/format";
import { useMedia } from "#lib/media";
import { itemsOf } from "#lib/query";
import { Badge } from "#ui/badge";
import { ButtonLink } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { FactList } from "#ui/fact-list";
import { TextLink } from "#ui/link";
import { PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { AnswerBar } from "./disputes/answer-bar.tsx";
import { DisputeList } from "./disputes/dispute-list.tsx";
import { DisputeThread } from "./disputes/dispute-thread.tsx";
import { stateLooks } from "./disputes/dispute-words.ts";
import { disputeQuery, disputesQuery } from "./disputes/use-disputes.ts";

/** Objections to lines of statements: the list, what was said, and the answer. */
export function DisputesPage(): ReactElement {
  const { dispute: chosen, month } = useSearch({ from: "/shell/disputes" });
  // Under 900 px the list and its dispute are pages of their own.
  const isNarrow = useMedia("narrow");
  const query = useInfiniteQuery(disputesQuery(month === undefined ? {} : { month }));
  const disputes = itemsOf(query.data);
  const shownId = chosen ?? (isNarrow ? undefined : firstOf(disputes)?.id);
  const isItemPage = isNarrow && shownId !== undefined;
  return (
    <>
      <Head disputes={disputes} month={month} isItemPage={isItemPage} />
      {disputes === undefined ? (
        <Unread error={query.error} onRetry={() => void query.refetch()} />
      ) : disputes.length === 0 && shownId === undefined ? (
        <NoDisputes />
      ) : (
        <div className="flex min-h-0 flex-1">
          {!isItemPage && <List query={query} disputes={disputes} shownId={shownId} isPage={isNarrow} />}
          {shownId !== undefined && <OneDispute key={shownId} disputeId={shownId} />}
        </div>
      )}
    </>
  );
}

type HeadProps = {
  readonly disputes: readonly Dispute[] | undefined;
  readonly month: string | undefined;
  readonly isItemPage: boolean;
};

function Head({ disputes, month, isItemPage }: HeadProps): ReactElement {
  const open = disputes?.filter(({ state }) => state === "open").length ?? 0;
  return (
    <PageHead
      title={isItemPage ? "Dispute" : "Disputes"}
      crumbs={[isItemPage ? { label: "the disputes", to: "/disputes" } : { label: "Commissions", to: "/commissions" }]}
      context={
        <>
          {month !== undefined && formatMonth(month)}
          {disputes !== undefined && <Badge tone={open > 0 ? "warning" : "neutral"}>{formatCount(open)} open</Badge>}
        </>
      }
      actions={
        month !== undefined && (
          <ButtonLink size="sm" to="/disputes" search={{}}>
            All months
          </ButtonLink>
        )
      }
    />
  );
}

type ListProps = {
  readonly query: { readonly hasNextPage: boolean; readonly fetchNextPage: () => Promise<unknown> };
  readonly disputes: readonly Dispute[];
  readonly shownId: string | undefined;
  /** It has the page for itself: opening one is a step that can be gone back. */
  readonly isPage: boolean;
};

function List({ query, disputes, shownId, isPage }: ListProps): ReactElement {
  const navigate = useNavigate({ from: "/disputes" });
  return (
    <DisputeList
      disputes={disputes}
      currentId={shownId}
      onOpen={({ id }) => void navigate({ search: (before) => ({ ...before, dispute: id }), replace: !isPage })}
      hasMore={query.hasNextPage}
      onMore={() => void query.fetchNextPage()}
      className="w-[300px] flex-none border-r border-line-subtle max-lg:w-60 max-md:w-full max-md:border-r-0"
    />
  );
}

function firstOf(disputes: readonly Dispute[] | undefined): Dispute | undefined {
  return disputes?.find(({ state }) => state === "open") ?? disputes?.[0];
}

function OneDispute({ disputeId }: { readonly disputeId: DisputeId }): ReactElement {
  const query = useQuery(disputeQuery(disputeId));
  return (
    <QueryView
      query={query}
      what="The dispute"
      skeleton={<SkeletonLines lines={8} />}
      className="m-5 flex-1 max-sm:m-4"
    >
      {(dispute) => (
        <div className="grid min-h-0 min-w-0 flex-1 grid-cols-[minmax(0,1fr)_320px] max-lg:grid-cols-1 max-lg:overflow-y-auto">
          <section
            aria-label={`Dispute about ${dispute.payment.number}`}
            className="scroll-area flex min-h-0 flex-col gap-5 p-5 max-lg:overflow-visible max-sm:p-4"
          >
            <h2 className="flex flex-wrap items-center gap-2 text-md font-semibold">
              {dispute.customer.name}, {dispute.payment.number}
              <Badge tone={stateLooks[dispute.state].tone} hasDot>
                {stateLooks[dispute.state].word}
              </Badge>
            </h2>
            <DisputeThread dispute={dispute} />
            <span className="flex-1" />
            {dispute.state === "open" && <AnswerBar dispute={dispute} />}
          </section>
          <aside
            aria-label="What it is about"
            className="flex min-w-0 flex-col gap-3 border-l border-line-subtle bg-sunken p-4 max-lg:border-t max-lg:border-l-0"
          >
            <Facts dispute={dispute} />
          </aside>
        </div>
      )}
    </QueryView>
  );
}

function Facts({ dispute }: { readonly dispute: Dispute }): ReactElement {
  const { participant, month, deal, payment, commissionId } = dispute;
  const search = { member: participant.id, line: commissionId ?? payment.number };
  return (
    <Card>
      <CardHead title="What it is about" />
      <CardBody>
        <FactList
          facts={[
            { label: "Person", value: participant.name },
            {
              label: "Statement",
              value: (
                <TextLink to="/commissions/$month" params={{ month }} search={search}>
                  {formatMonth(month)}, and why
                </TextLink>
              ),
            },
            {
              label: "Deal",
              value: (
                <TextLink to="/deals/$dealId" params={{ dealId: deal.id }}>
                  {deal.number}
                </TextLink>
              ),
            },
            { label: "Payment", value: payment.number },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function Unread({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactElement {
  if (error !== null && error !== undefined) {
    return <ErrorState error={error} what="The disputes" onRetry={onRetry} className="m-5 max-sm:m-4" />;
  }
  return (
    <div aria-busy="true" className="p-5 max-sm:p-4">
      <span className="sr-only">Loading the disputes</span>
      <SkeletonLines lines={9} />
    </div>
  );
}

function NoDisputes(): ReactElement {
  return (
    <div className="p-5 max-sm:p-4">
      <EmptyState
        icon={Scale}
        title="No disputes"
        actions={<ButtonLink to="/commissions">Commission statement</ButtonLink>}
      >
        Whoever holds a line of their statement for wrong says so there, beside its explanation.
      </EmptyState>
    </div>
  );
}
