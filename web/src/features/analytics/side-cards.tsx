import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { listPayments, type Payment } from "@rainmaker/contracts/revenue/payments";
import { listOpportunities, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { PaymentBadge } from "#features/revenue";
import { daysBetween, formatMoney } from "#lib/format";
import { liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { Badge } from "#ui/badge";
import { ButtonLink } from "#ui/button";
import { Card, CardHead } from "#ui/card";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { DayText, Moment } from "#ui/moment";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { approvalsQuery, mayDecide } from "./approvals.ts";

const rowLook =
  "flex min-h-13 items-center gap-2.5 border-t border-line-subtle px-4 py-1.5 first:border-t-0 [ul_&]:border-t";

/** Deals that wait for this person's decision; what they have a stake in is for somebody else. */
export function ApprovalsCard(): ReactElement {
  const { id } = useUser();
  const query = useQuery(approvalsQuery());
  const waiting = query.data?.items.filter((deal) => mayDecide(deal, id)).toReversed();
  return (
    <Card>
      <CardHead
        title="Approvals"
        {...(waiting !== undefined && waiting.length > 0 && { context: <Badge tone="info">{waiting.length}</Badge> })}
        end={
          <TextLink to="/deals" search={{ view: "attention" }}>
            All deals
          </TextLink>
        }
      />
      <QueryView query={query} what="Approvals" skeleton={<SkeletonLines className="p-4" />} className="m-3">
        {() =>
          waiting?.length === 0 ? (
            <Quiet>Every submitted deal is decided.</Quiet>
          ) : (
            <ul>
              {waiting?.slice(0, 6).map((deal) => (
                <Approval key={deal.id} deal={deal} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}

function Approval({ deal }: { readonly deal: Deal }): ReactElement {
  const { customer, title, number, owner, amount, submittedAt } = deal;
  return (
    <li className={rowLook}>
      <LogoMark id={customer.id} name={customer.name} />
      <Lines first={`Deal: ${title}`}>
        {owner.name} · {number}
        {submittedAt !== null && (
          <>
            {" "}
            · waits <Moment at={submittedAt} as="ago" isInSentence />
          </>
        )}
      </Lines>
      <span className="tnum font-medium">{formatMoney(amount, { style: "short" })}</span>
      <ButtonLink to="/deals/$dealId" params={{ dealId: deal.id }} size="xs" aria-label={`Review ${number}, ${title}`}>
        Review
      </ButtonLink>
    </li>
  );
}

/** Open opportunities that should close within two weeks, or should have. */
export function ClosingCard({
  today,
  showsOwner,
}: {
  readonly today: string;
  readonly showsOwner: boolean;
}): ReactElement {
  const query = useQuery(
    liveQuery(listOpportunities, { query: { view: "closing-soon", sort: "expectedCloseOn", limit: "6" } }, [
      "opportunity",
      "opportunities",
    ]),
  );
  return (
    <Card>
      <CardHead
        title="Closing soon"
        end={
          <TextLink to="/pipeline" search={{ view: "closing-soon" }}>
            Pipeline
          </TextLink>
        }
      />
      <QueryView query={query} what="What closes soon" skeleton={<SkeletonLines className="p-4" />} className="m-3">
        {({ items }) =>
          items.length === 0 ? (
            <Quiet>Nothing is expected to close within two weeks.</Quiet>
          ) : (
            <ul>
              {items.map((item) => (
                <Closing key={item.id} item={item} today={today} showsOwner={showsOwner} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}

type ClosingProps = { readonly item: OpportunityCard; readonly today: string; readonly showsOwner: boolean };

function Closing({ item, today, showsOwner }: ClosingProps): ReactElement {
  const { customer, title, stage, owner, amount, expectedCloseOn } = item;
  const late = expectedCloseOn === null ? 0 : daysBetween(expectedCloseOn, today);
  return (
    <li className={rowLook}>
      <LogoMark id={customer?.id ?? item.id} name={customer?.name ?? title} />
      <Lines
        first={
          <TextLink to="/opportunities/$opportunityId" params={{ opportunityId: item.id }} className="text-default">
            {title}
          </TextLink>
        }
      >
        {stage.name}
        {customer !== null && ` · ${customer.name}`}
        {showsOwner && owner !== null && ` · ${owner.name}`}
      </Lines>
      <span className="flex flex-none flex-col items-end gap-0.5">
        <span className="tnum font-medium">{amount === null ? "–" : formatMoney(amount, { style: "short" })}</span>
        {late > 0 ? (
          <Badge tone="warning">{late} d overdue</Badge>
        ) : (
          expectedCloseOn !== null && <DayText day={expectedCloseOn} className="text-xs text-muted" />
        )}
      </span>
    </li>
  );
}

/** The newest payments and where each stands. */
export function PaymentsCard(): ReactElement {
  const query = useQuery(liveQuery(listPayments, { query: { limit: "5" } }, ["payment"]));
  return (
    <Card>
      <CardHead
        title="Payments on their way"
        end={
          <TextLink to="/deals" search={{ show: "payments" }}>
            All payments
          </TextLink>
        }
      />
      <QueryView query={query} what="Payments" skeleton={<SkeletonLines className="p-4" />} className="m-3">
        {({ items }) =>
          items.length === 0 ? (
            <Quiet>No payments yet. Record one when money arrives for a deal.</Quiet>
          ) : (
            <ul>
              {items.map((payment) => (
                <PaymentRow key={payment.id} payment={payment} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}

function PaymentRow({ payment }: { readonly payment: Payment }): ReactElement {
  const { customer, number, amount, status, submittedAt, createdAt } = payment;
  return (
    <li className={rowLook}>
      <LogoMark id={customer.id} name={customer.name} />
      <Lines first={customer.name}>
        <TextLink to="/deals/$dealId" params={{ dealId: payment.deal.id }} search={{ payment: payment.id }}>
          {number}
        </TextLink>{" "}
        · {submittedAt === null ? "recorded" : "sent"} <Moment at={submittedAt ?? createdAt} isInSentence />
      </Lines>
      <span className="tnum font-medium">{formatMoney(amount, { style: "short" })}</span>
      <PaymentBadge status={status} />
    </li>
  );
}

function Lines({ first, children }: { readonly first: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <span className="flex min-w-0 flex-1 flex-col leading-[17px]">
      <span className="truncate font-medium">{first}</span>
      <span className="tnum truncate text-xs text-subtle">{children}</span>
    </span>
  );
}

function Quiet({ children }: { readonly children: string }): ReactElement {
  return <p className="px-4 pb-4 text-muted">{children}</p>;
}
