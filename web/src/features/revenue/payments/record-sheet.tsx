import type { DealId } from "@rainmaker/contracts/ids";
import { listDeals, type Deal } from "@rainmaker/contracts/revenue/deals";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Handshake } from "lucide-react";
import { useId, type ReactElement } from "react";
import { formatMoney, signOf } from "#lib/format";
import { itemsOf, livePages } from "#lib/query";
import { useUser } from "#lib/session";
import { Button } from "#ui/button";
import { Combobox, type Choice } from "#ui/combobox";
import { EmptyState } from "#ui/empty-state";
import { LogoMark } from "#ui/logo-mark";
import { QueryView } from "#ui/query-view";
import { Sheet } from "#ui/sheet";
import { SkeletonLines } from "#ui/skeleton";
import { reaches } from "../deals/deal-words.ts";
import { dealQuery } from "../deals/use-deals.ts";
import { DealLine } from "./deal-line.tsx";
import { PaymentEditor } from "./payment-editor.tsx";
import { stillToCome } from "./payment-values.ts";

type RecordSheetProps = {
  /** The deal the money belongs to; null while it is still to be chosen. */
  readonly dealId: DealId | null;
  /** Left out where the sheet belongs to one deal. */
  readonly onChooseDeal?: (dealId: DealId | "new") => void;
  readonly onClose: () => void;
};

const title = "Record a payment";

/** Records money that arrived, attaches its proof and sends it to be verified, in one go. */
export function RecordSheet({ dealId, onChooseDeal, onClose }: RecordSheetProps): ReactElement {
  if (dealId === null) return <ChooseDeal onChoose={onChooseDeal} onClose={onClose} />;
  return <RecordForDeal key={dealId} dealId={dealId} onChooseDeal={onChooseDeal} onClose={onClose} />;
}

function RecordForDeal({
  dealId,
  onChooseDeal,
  onClose,
}: {
  readonly dealId: DealId;
  readonly onChooseDeal: RecordSheetProps["onChooseDeal"];
  readonly onClose: () => void;
}): ReactElement {
  const formId = useId();
  const query = useQuery(dealQuery(dealId));
  const deal = query.data;
  if (deal !== undefined) {
    const change = onChooseDeal && (
      <Button size="xs" tone="ghost" onClick={() => onChooseDeal("new")}>
        Change
      </Button>
    );
    return (
      <PaymentEditor
        title={title}
        formId={formId}
        deal={deal}
        payment={null}
        head={<DealLine deal={deal} end={change} />}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet isOpen onClose={onClose} title={title}>
      <QueryView query={query} what="This deal" skeleton={<SkeletonLines lines={6} />}>
        {() => null}
      </QueryView>
    </Sheet>
  );
}

const chosenFrom = livePages(listDeals, { query: { limit: "200", status: "approved" } }, ["deal", "payment"]);

/** Money is recorded on approved deals, those that still wait for some first. */
function ChooseDeal({
  onChoose,
  onClose,
}: {
  readonly onChoose: RecordSheetProps["onChooseDeal"];
  readonly onClose: () => void;
}): ReactElement {
  const user = useUser();
  const query = useInfiniteQuery(chosenFrom);
  const deals = itemsOf(query.data)?.filter(({ owner }) => reaches(user, "payment.record", owner.id));
  return (
    <Sheet isOpen onClose={onClose} title={title}>
      <QueryView
        query={{ data: deals, error: query.error, refetch: query.refetch as never }}
        what="Deals"
        skeleton={<SkeletonLines lines={2} />}
      >
        {(known) =>
          known.length === 0 ? (
            <EmptyState icon={Handshake} title="No approved deal">
              Money is recorded on a deal once it is approved. Win an opportunity and submit its deal first.
            </EmptyState>
          ) : (
            <div ref={focusFirstButton}>
              <Combobox
                label="Deal"
                placeholder="Choose the deal that was paid"
                choices={openFirst(known).map(choiceOf)}
                value={null}
                onChange={(value) => value !== null && onChoose?.(value as DealId)}
                hint="Found by customer, title or number."
              />
            </div>
          )
        }
      </QueryView>
    </Sheet>
  );
}

/** Choosing is all there is to do. */
function focusFirstButton(element: HTMLElement | null): void {
  element?.querySelector("button")?.focus();
}

function openFirst(deals: readonly Deal[]): readonly Deal[] {
  const isOpen = (deal: Deal): boolean => signOf(stillToCome(deal)) > 0;
  return [...deals.filter(isOpen), ...deals.filter((deal) => !isOpen(deal))];
}

function choiceOf(deal: Deal): Choice {
  const rest = stillToCome(deal);
  const money = signOf(rest) > 0 ? `${formatMoney(rest, { style: "short" })} to come` : "nothing to come";
  return {
    value: deal.id,
    label: deal.customer.name,
    detail: `${deal.number} ${deal.title}, ${money}`,
    mark: <LogoMark id={deal.customer.id} name={deal.customer.name} size={18} />,
  };
}
