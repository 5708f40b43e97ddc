import { DealId } from "@rainmaker/contracts/ids";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { HandCoins, Handshake } from "lucide-react";
import type { ReactElement } from "react";
import { useKey } from "#lib/keys";
import { useCan, useUser } from "#lib/session";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { TabPanel } from "#ui/tabs";
import { DealsTable } from "./deals/deals-table.tsx";
import { DealsToolbar, dealsPanelId } from "./deals/deals-toolbar.tsx";
import type { DealsSearch } from "./deals/search.ts";
import { PaymentSheet } from "./payments/payment-sheet.tsx";
import { PaymentsTable } from "./payments/payments-table.tsx";
import { RecordSheet } from "./payments/record-sheet.tsx";

export function DealsPage(): ReactElement {
  const search = useSearch({ from: "/shell/deals" });
  const navigate = useNavigate({ from: "/deals" });
  const user = useUser();
  const mayRecord = useCan("payment.record");
  const show = (changes: Partial<DealsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const seesOthers = user.reach["deal.read"] !== "own";
  const isPayments = search.show === "payments";
  useKey("y", "Record a payment", () => show({ record: (isPayments ? null : focusedDeal()) ?? "new" }), {
    isActive: mayRecord,
  });

  return (
    <>
      <PageHead
        title="Deals & payments"
        actions={
          mayRecord && (
            <Button tone="primary" size="sm" icon={HandCoins} shortcut="y" onClick={() => show({ record: "new" })}>
              Record payment
            </Button>
          )
        }
      />
      <DealsToolbar search={search} seesOthers={seesOthers} onShow={show} />
      <PageBody isPadded={false}>
        {isPayments ? (
          <PaymentsTable
            filter={{ owner: search.owner, status: search.status }}
            openId={search.payment}
            onOpen={({ id }) => show({ payment: id })}
            empty={<NothingFound search={search} onShow={show} />}
          />
        ) : (
          <TabPanel id={dealsPanelId} value={search.view ?? "all"}>
            <DealsTable
              filter={{ view: search.view, owner: search.owner, project: search.project }}
              showsOwner={seesOthers}
              currentId={search.record}
              empty={<NothingFound search={search} onShow={show} />}
            />
          </TabPanel>
        )}
      </PageBody>
      {mayRecord && (
        <PhoneDock>
          <Button tone="primary" icon={HandCoins} onClick={() => show({ record: "new" })}>
            Record payment
          </Button>
        </PhoneDock>
      )}
      {search.payment !== undefined && (
        <PaymentSheet paymentId={search.payment} onClose={() => show({ payment: undefined })} />
      )}
      {mayRecord && search.record !== undefined && (
        <RecordSheet
          dealId={search.record === "new" ? null : search.record}
          onChooseDeal={(record) => show({ record })}
          onClose={() => show({ record: undefined })}
        />
      )}
    </>
  );
}

/** The deal of the row that has the focus. */
function focusedDeal(): DealId | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-row-key]");
  return DealId.safeParse(row?.dataset["rowKey"]).data ?? null;
}

type NothingFoundProps = {
  readonly search: DealsSearch;
  readonly onShow: (changes: Partial<DealsSearch>) => void;
};

function NothingFound({ search, onShow }: NothingFoundProps): ReactElement {
  const isPayments = search.show === "payments";
  const isFiltered =
    search.owner !== undefined ||
    (!isPayments && search.project !== undefined) ||
    (isPayments ? search.status : search.view) !== undefined;
  if (isFiltered) {
    return (
      <EmptyState
        icon={isPayments ? HandCoins : Handshake}
        title={search.view === "attention" && !isPayments ? "Nothing needs you here" : "Nothing fits these filters"}
        actions={
          <Button
            size="sm"
            onClick={() => onShow({ view: undefined, status: undefined, owner: undefined, project: undefined })}
          >
            Clear filters
          </Button>
        }
      >
        {isPayments ? "No payment stands there now." : "No deal stands there now."}
      </EmptyState>
    );
  }
  return isPayments ? (
    <EmptyState icon={HandCoins} title="No payments yet">
      Record the first one as soon as money arrives; a verifier confirms it.
    </EmptyState>
  ) : (
    <EmptyState icon={Handshake} title="No deals yet">
      A deal appears here when an opportunity is won. Money is recorded on it, in part or in full.
    </EmptyState>
  );
}
