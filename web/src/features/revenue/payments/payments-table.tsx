import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { formatMoney } from "#lib/format";
import { itemsOf } from "#lib/query";
import { Avatar } from "#ui/avatar";
import { DataTable, type Column } from "#ui/data-table";
import { LinkButton, TextLink } from "#ui/link";
import { DayText } from "#ui/moment";
import { PaymentBadge } from "./payment-badge.tsx";
import { methodName } from "./payment-words.ts";
import { paymentsQuery, type PaymentFilter } from "./use-payments.ts";

type PaymentsTableProps = {
  readonly filter: PaymentFilter;
  readonly openId: string | undefined;
  readonly onOpen: (payment: Payment) => void;
  readonly empty: ReactNode;
};

/** Payments, newest first. Those of one deal do not repeat the deal. */
export function PaymentsTable({ filter, openId, onOpen, empty }: PaymentsTableProps): ReactElement {
  const query = useInfiniteQuery(paymentsQuery(filter));
  return (
    <DataTable
      label="Payments"
      columns={columnsFor(filter.deal !== undefined, onOpen)}
      rows={itemsOf(query.data)}
      keyOf={({ id }) => id}
      rowHeight={filter.deal === undefined ? 54 : 40}
      error={query.error}
      onRetry={() => void query.refetch()}
      onOpen={onOpen}
      currentKey={openId}
      renderPhone={(payment) => (
        <PhonePayment payment={payment} isOneDeal={filter.deal !== undefined} onOpen={() => onOpen(payment)} />
      )}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={empty}
    />
  );
}

function columnsFor(isOneDeal: boolean, onOpen: (payment: Payment) => void): readonly Column<Payment>[] {
  const name: Column<Payment> = {
    key: "number",
    head: "Payment",
    className: "w-28",
    render: (payment) => (
      <LinkButton className="tnum" onClick={() => onOpen(payment)}>
        {payment.number}
      </LinkButton>
    ),
  };
  const amount: Column<Payment> = {
    key: "amount",
    head: "Amount",
    align: "right",
    className: "w-36",
    render: (payment) => <span className="font-medium">{formatMoney(payment.amount)}</span>,
  };
  const rest: readonly Column<Payment>[] = [
    { key: "value", head: "Received", className: "w-28", render: ({ valueOn }) => <DayText day={valueOn} /> },
    { key: "status", head: "Status", className: "w-28", render: ({ status }) => <PaymentBadge status={status} /> },
    {
      key: "method",
      head: "Method, reference",
      className: "max-w-56 truncate max-lg:hidden",
      render: ({ method, reference }) => (
        <span className="text-muted">{[methodName(method), reference].filter(Boolean).join(", ")}</span>
      ),
    },
  ];
  if (isOneDeal) return [name, amount, ...rest];
  return [
    name,
    { key: "deal", head: "Customer, deal", render: (payment) => <CustomerAndDeal payment={payment} /> },
    amount,
    ...rest,
    {
      key: "owner",
      head: "Owner",
      className: "w-20 max-lg:hidden",
      render: ({ owner }) => <Avatar person={owner} size={24} />,
    },
  ];
}

function CustomerAndDeal({ payment }: { readonly payment: Payment }): ReactElement {
  return (
    <span className="flex max-w-72 flex-col leading-4.5">
      <span className="truncate font-medium">{payment.customer.name}</span>
      <span className="truncate text-xs text-subtle">
        <TextLink to="/deals/$dealId" params={{ dealId: payment.deal.id }} className="tnum">
          {payment.deal.number}
        </TextLink>{" "}
        {payment.deal.title}
      </span>
    </span>
  );
}

type PhonePaymentProps = {
  readonly payment: Payment;
  readonly isOneDeal: boolean;
  readonly onOpen: () => void;
};

function PhonePayment({ payment, isOneDeal, onOpen }: PhonePaymentProps): ReactElement {
  const { number, customer, deal, method, valueOn } = payment;
  return (
    <span className="flex flex-col gap-0.5">
      <span className="flex items-center gap-2">
        <LinkButton className="tnum truncate text-default" onClick={onOpen}>
          {isOneDeal ? number : customer.name}
        </LinkButton>
        <span className="tnum ml-auto flex-none font-medium">{formatMoney(payment.amount)}</span>
      </span>
      <span className="flex items-center gap-2 text-xs text-subtle">
        <span className="tnum truncate">
          {isOneDeal ? (
            <>
              {methodName(method)}, <DayText day={valueOn} />
            </>
          ) : (
            `${number}, ${deal.number}`
          )}
        </span>
        <span className="ml-auto flex-none">
          <PaymentBadge status={payment.status} />
        </span>
      </span>
    </span>
  );
}
