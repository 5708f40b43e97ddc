import { readCustomerCredit, payByCredit } from "@rainmaker/contracts/revenue/customer-credit";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { useQuery } from "@tanstack/react-query";
import { PiggyBank } from "lucide-react";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { liveQuery } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { Note } from "#ui/note";
import { usableCredit } from "./usable-credit.ts";

/** Credit of the customer that could pay for this deal, and the way to use it; nothing where there is none. */
export function CustomerCredit({ deal }: { readonly deal: Deal }): ReactElement | null {
  const credit = useQuery(liveQuery(readCustomerCredit, { params: { customerId: deal.customer.id } }, ["payment"]));
  const pay = useCall(payByCredit, ["payment", "deal"]);
  const key = useIntentKey();
  const usable = usableCredit(credit.data?.items ?? [], deal);
  if (usable === null) return null;
  const { payment, amount } = usable;
  const send = async (): Promise<void> => {
    const input = { params: { paymentId: payment.id }, body: { dealId: deal.id, amount } };
    try {
      const made = await pay.mutateAsync({ ...input, idempotencyKey: key(input) });
      notify({ tone: "done", title: `${made.number} sent to verify`, detail: `It uses credit of ${payment.number}.` });
    } catch (error) {
      notifyFailure("The credit was not used", error);
    }
  };
  return (
    <Note
      tone="earn"
      icon={PiggyBank}
      className="mx-5 mt-4 max-sm:mx-4"
      end={
        <Button size="sm" isLoading={pay.isPending} onClick={() => void send()}>
          Use {formatMoney(amount)}
        </Button>
      }
    >
      {deal.customer.name} paid more than was due with {payment.number}. That credit can pay for this deal.
    </Note>
  );
}
