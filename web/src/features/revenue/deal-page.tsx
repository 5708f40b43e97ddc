import type { DealId } from "@rainmaker/contracts/ids";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { HandCoins } from "lucide-react";
import type { ReactElement } from "react";
import { useKey } from "#lib/keys";
import { useUser } from "#lib/session";
import { Button } from "#ui/button";
import { Card, CardBody } from "#ui/card";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { SlowNote } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { SkeletonLines } from "#ui/skeleton";
import { StandingBadge } from "./deals/deals-table.tsx";
import { DealCredits, DealFacts } from "./deals/deal-rail.tsx";
import { DealRevisions } from "./deals/deal-revisions.tsx";
import { DealSummary } from "./deals/deal-summary.tsx";
import { DealSteps } from "./deals/deal-steps.tsx";
import { reaches } from "./deals/deal-words.ts";
import type { dealSearch } from "./deals/search.ts";
import { dealQuery } from "./deals/use-deals.ts";
import { CustomerCredit } from "./payments/customer-credit.tsx";
import { PaymentSheet } from "./payments/payment-sheet.tsx";
import { PaymentsTable } from "./payments/payments-table.tsx";
import { RecordSheet } from "./payments/record-sheet.tsx";
import type * as z from "zod/mini";

const crumbs = [{ label: "Deals & payments", to: "/deals" }];

const parts = { mainLabel: "Payments", railLabel: "Facts" };

type DealSearch = z.output<typeof dealSearch>;

export function DealPage(): ReactElement {
  const { dealId } = useParams({ from: "/shell/deals/$dealId" });
  const query = useQuery(dealQuery(dealId));
  if (query.data !== undefined) return <LoadedPage key={dealId} deal={query.data} />;
  return (
    <>
      <PageHead title="Deal" crumbs={crumbs} />
      {query.error === null ? (
        <RailLayout {...parts} rail={<FactsSkeleton />}>
          <div aria-busy="true" className="p-5 max-sm:p-4">
            <span className="sr-only">Loading this deal</span>
            <SkeletonLines lines={8} />
            <SlowNote onRetry={() => void query.refetch()} />
          </div>
        </RailLayout>
      ) : (
        <PageBody>
          <ErrorState error={query.error} what="This deal" onRetry={() => void query.refetch()} />
        </PageBody>
      )}
    </>
  );
}

function FactsSkeleton(): ReactElement {
  return (
    <Card>
      <CardBody className="pt-4">
        <SkeletonLines lines={6} />
      </CardBody>
    </Card>
  );
}

function LoadedPage({ deal }: { readonly deal: Deal }): ReactElement {
  const search = useSearch({ from: "/shell/deals/$dealId" });
  const navigate = useNavigate({ from: "/deals/$dealId" });
  const user = useUser();
  const show = (changes: Partial<DealSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const mayRecord = deal.status === "approved" && reaches(user, "payment.record", deal.owner.id);
  const record = (): void => show({ record: "new" });
  useKey("y", "Record a payment", record, { isActive: mayRecord });
  return (
    <>
      <PageHead
        title={`${deal.number} ${deal.title}`}
        crumbs={crumbs}
        context={<StandingBadge deal={deal} />}
        actions={
          mayRecord && (
            <Button tone="primary" size="sm" icon={HandCoins} shortcut="y" onClick={record}>
              Record payment
            </Button>
          )
        }
      />
      <RailLayout
        {...parts}
        rail={
          <>
            <DealFacts deal={deal} />
            <DealCredits deal={deal} />
          </>
        }
      >
        <DealSummary deal={deal} />
        <DealSteps deal={deal} />
        <DealRevisions deal={deal} />
        {mayRecord && <CustomerCredit deal={deal} />}
        <Payments
          dealId={deal.id}
          openId={search.payment}
          onOpen={(payment) => show({ payment })}
          mayRecord={mayRecord}
        />
      </RailLayout>
      {mayRecord && (
        <PhoneDock>
          <Button tone="primary" icon={HandCoins} onClick={record}>
            Record payment
          </Button>
        </PhoneDock>
      )}
      {search.payment !== undefined && (
        <PaymentSheet paymentId={search.payment} onClose={() => show({ payment: undefined })} />
      )}
      {mayRecord && search.record !== undefined && (
        <RecordSheet dealId={deal.id} onClose={() => show({ record: undefined })} />
      )}
    </>
  );
}

type PaymentsProps = {
  readonly dealId: DealId;
  readonly openId: string | undefined;
  readonly onOpen: (payment: DealSearch["payment"]) => void;
  readonly mayRecord: boolean;
};

function Payments({ dealId, openId, onOpen, mayRecord }: PaymentsProps): ReactElement {
  return (
    <section aria-labelledby="deal-payments" className="flex flex-col">
      <h2 id="deal-payments" className="px-5 pt-4 pb-1 text-[13.5px] leading-5 font-semibold max-sm:px-4">
        Payments
      </h2>
      <PaymentsTable
        filter={{ deal: dealId }}
        openId={openId}
        onOpen={({ id }) => onOpen(id)}
        empty={
          <EmptyState icon={HandCoins} title="No payments yet">
            {mayRecord
              ? "Record the first one as soon as money arrives, in part or in full."
              : "Money is recorded here once the deal is approved and the customer has paid."}
          </EmptyState>
        }
      />
    </section>
  );
}
