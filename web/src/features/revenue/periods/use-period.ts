import {
  approveStatements,
  closePeriod,
  lockPeriod,
  payPeriod,
  readPeriod,
  reopenPeriod,
  type Period,
} from "@rainmaker/contracts/revenue/periods";
import { useState } from "react";
import { call } from "#lib/api";
import { formatMonth } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, keyOf, liveQuery, queryClient } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function periodQuery(month: string) {
  return liveQuery(readPeriod, { params: { month } }, ["period", "statement", "dispute", "commission", "payment"]);
}

const steps = {
  close: { contract: closePeriod, done: "Statements issued", failed: "The month was not closed" },
  reopen: { contract: reopenPeriod, done: "The close is taken back", failed: "The close was not taken back" },
  lock: { contract: lockPeriod, done: "Locked", failed: "The month was not locked" },
  pay: { contract: payPeriod, done: "Payout released", failed: "The payout was not released" },
} as const;

export type PeriodStep = keyof typeof steps;

export type PeriodActs = {
  /** What is being done now; nothing else is started meanwhile. */
  readonly busy: PeriodStep | "approve" | null;
  readonly run: (step: PeriodStep) => void;
  readonly approve: (ids: readonly string[]) => void;
};

/** The acts on a month, one at a time, each told in the corner; the answer is shown at once. */
export function usePeriodActs(month: string): PeriodActs {
  const [busy, setBusy] = useState<PeriodActs["busy"]>(null);
  const key = useIntentKey();
  const act = async (name: PeriodStep | "approve", send: () => Promise<Period>, done: string, failed: string) => {
    if (busy !== null) return;
    setBusy(name);
    try {
      const period = await send();
      queryClient.setQueryData(keyOf(readPeriod, { params: { month } }), period);
      notify({ tone: "done", title: done });
    } catch (error) {
      notifyFailure(failed, error);
    } finally {
      setBusy(null);
      void invalidateEntities(["period", "statement", "commission"]);
    }
  };
  return {
    busy,
    run: (step) => {
      const { contract, done, failed } = steps[step];
      const input = { params: { month } };
      const send = (): Promise<Period> => call(contract, { ...input, idempotencyKey: key({ step, ...input }) });
      void act(step, send, `${done}: ${formatMonth(month)}`, failed);
    },
    approve: (ids) => {
      const input = { params: { month }, body: { statementIds: ids as never[] } };
      const send = (): Promise<Period> => call(approveStatements, { ...input, idempotencyKey: key(input) });
      const done = ids.length === 1 ? "Statement approved" : `${ids.length} statements approved`;
      void act("approve", send, done, ids.length === 1 ? "The statement was not approved" : "Nothing was approved");
    },
  };
}
