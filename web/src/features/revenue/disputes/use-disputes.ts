import {
  addDisputeMessage,
  answerDispute,
  getDispute,
  listDisputes,
  withdrawDispute,
  type Dispute,
} from "@rainmaker/contracts/revenue/disputes";
import type { BodyOf, QueryOf } from "@rainmaker/contracts/endpoint";
import type { DisputeId } from "@rainmaker/contracts/ids";
import { useState } from "react";
import { call } from "#lib/api";
import { hasCode, sentenceOf } from "#lib/api-problem";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, keyOf, livePages, liveQuery, queryClient } from "#lib/query";
import { notify } from "#lib/toasts";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function disputesQuery(query: QueryOf<typeof listDisputes>) {
  return livePages(listDisputes, { query: { limit: "100", ...query } }, ["dispute"]);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- as above
export function disputeQuery(disputeId: DisputeId) {
  return liveQuery(getDispute, { params: { disputeId } }, ["dispute"]);
}

export type Answer = BodyOf<typeof answerDispute>;

export type DisputeActs = {
  readonly isBusy: boolean;
  readonly answer: (body: Answer) => Promise<boolean>;
  readonly ask: (body: string) => Promise<boolean>;
  readonly withdraw: () => Promise<boolean>;
};

/** What can be done with a dispute: one thing at a time, told in the corner. @returns whether it was done */
export function useDisputeActs({ id }: Pick<Dispute, "id">): DisputeActs {
  const [isBusy, setIsBusy] = useState(false);
  const key = useIntentKey();
  const params = { disputeId: id };
  const act = async (send: () => Promise<Dispute>, done: string): Promise<boolean> => {
    if (isBusy) return false;
    setIsBusy(true);
    try {
      const dispute = await send();
      queryClient.setQueryData(keyOf(getDispute, { params }), dispute);
      notify({ tone: "done", title: done });
      return true;
    } catch (error) {
      const isStale = hasCode(error, "stale_version");
      const detail = isStale ? "Something was added meanwhile. Read it and answer again." : sentenceOf(error);
      notify({ tone: "failed", title: "The dispute was not changed", detail });
      return false;
    } finally {
      setIsBusy(false);
      void invalidateEntities(["dispute", "commission", "statement", "period"]);
    }
  };
  return {
    isBusy,
    answer: (body) =>
      act(
        () => call(answerDispute, { params, body, idempotencyKey: key({ id, body }) }),
        body.verdict === "declined" ? "Dispute declined" : "Accepted and posted as a line of its own",
      ),
    ask: (body) =>
      act(() => call(addDisputeMessage, { params, body: { body }, idempotencyKey: key({ id, body }) }), "Sent"),
    withdraw: () => act(() => call(withdrawDispute, { params, idempotencyKey: key({ id }) }), "Dispute withdrawn"),
  };
}
