import type { PaymentId } from "@rainmaker/contracts/ids";
import { readQueue, type Payment } from "@rainmaker/contracts/revenue/payments";
import { decidePayment } from "@rainmaker/contracts/revenue/payment-decisions";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { announce } from "#lib/announce";
import { call, newKey, type InputOf } from "#lib/api";
import { hasCode, sentenceOf } from "#lib/api-problem";
import { formatMoney } from "#lib/format";
import { invalidateEntities, itemsOf, livePages } from "#lib/query";
import { notify } from "#lib/toasts";
import { reasonNames } from "../payments/payment-words.ts";

const pageSize = "50";
/** Fewer than this in view, and the next page is fetched: the queue advances by itself. */
const reserve = 8;
const queueQuery = livePages(readQueue, { query: { limit: pageSize } }, ["payment"]);

export type Verdict =
  | { readonly verdict: "verified"; readonly isOneOfMany?: boolean }
  | { readonly verdict: "asked"; readonly note: string }
  | {
      readonly verdict: "rejected";
      readonly reasonCode: keyof typeof reasonNames;
      readonly note?: string;
    };

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together from a query, used by this page alone
export function useQueue(onOpen: (paymentId: PaymentId) => void) {
  const query = useInfiniteQuery(queueQuery);
  // Decided here and not yet confirmed, by version: sent again, a payment comes back as another one.
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const all = itemsOf(query.data);
  const items = all?.filter((item) => !decided.has(keyOf(item.payment)));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const isShort = items !== undefined && items.length < reserve;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isShort, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const bringBack = (key: string): void => setDecided((before) => new Set([...before].filter((one) => one !== key)));
  const decide = async (payment: Payment, verdict: Verdict): Promise<void> => {
    const key = keyOf(payment);
    setDecided((before) => new Set([...before, key]));
    try {
      const after = await call(decidePayment, callOf(payment, verdict));
      tellDone(after, verdict);
      // The first of two has agreed: it goes on waiting, for somebody else.
      if (after.status === "submitted") bringBack(key);
    } catch (error) {
      // Decided by somebody else it is gone all the same; everything else puts it back.
      if (!hasCode(error, "invalid_transition")) bringBack(key);
      tellRefused(payment, error, () => onOpen(payment.id));
    } finally {
      void invalidateEntities(["payment", "deal", "commission"]);
    }
  };
  return { query, all, items, figures: query.data?.pages[0], decide };
}

function keyOf({ id, version }: Pick<Payment, "id" | "version">): string {
  return `${id} ${version}`;
}

function callOf({ id, version }: Payment, verdict: Verdict): InputOf<typeof decidePayment> {
  return { params: { paymentId: id }, body: { ...verdict, seenVersion: version }, idempotencyKey: newKey() };
}

function tellDone(payment: Payment, verdict: Verdict): void {
  const [title, detail] = doneWords(payment, verdict);
  notify({ tone: "done", title, detail });
}

function doneWords({ number, amount, customer, owner, status }: Payment, verdict: Verdict): readonly [string, string] {
  const money = `${formatMoney(amount)} from ${customer.name}`;
  switch (verdict.verdict) {
    case "asked":
      return [`${number}: asked ${owner.name}`, "It comes back here with the answer."];
    case "rejected":
      return [`${number} sent back`, `${reasonNames[verdict.reasonCode]}. ${owner.name} can fix it and send it again.`];
    case "verified":
      return status === "submitted"
        ? [`${number}: 1 of 2`, `${money}. A second verifier decides it.`]
        : [`${number} verified`, `${money}. It is final.`];
  }
}

function tellRefused({ number }: Payment, error: unknown, open: () => void): void {
  const isStale = hasCode(error, "stale_version");
  const detail = isStale ? "It was changed while you looked at it. Look at it again." : sentenceOf(error);
  const title = hasCode(error, "invalid_transition") ? `${number} was decided meanwhile` : `${number} was not decided`;
  notify({ tone: "failed", title, detail, action: { label: "Open", run: open } });
  announce(`${title}. ${detail}`);
}

export type Queue = ReturnType<typeof useQueue>;
