import type { Period } from "@rainmaker/contracts/revenue/periods";
import { formatCountOf, formatMonth } from "#lib/format";

export type Check = {
  readonly id: "earlier" | "disputes" | "approvals" | "payments" | "plans" | "ledger";
  readonly text: string;
  readonly isDone: boolean;
  /** Locking waits for it; the others are only said. */
  readonly isNeeded: boolean;
};

/** What is looked at before a month is locked. */
export function checksOf({ checks, month, state }: Period): readonly Check[] {
  const { earlierMonth, openDisputes, notApproved, waitingPayments, withoutPlan, ledgerAgrees } = checks;
  const name = formatMonth(month).split(" ")[0] ?? month;
  const list: Check[] = [
    {
      id: "disputes",
      text: openDisputes === 0 ? "No dispute open" : `${formatCountOf(openDisputes, "dispute")} open`,
      isDone: openDisputes === 0,
      isNeeded: true,
    },
    {
      id: "payments",
      text:
        waitingPayments === 0
          ? `No ${name} payment waits`
          : `${formatCountOf(waitingPayments, `${name} payment`)} unverified`,
      isDone: waitingPayments === 0,
      isNeeded: false,
    },
    {
      id: "plans",
      text:
        withoutPlan === 0
          ? "A plan holds for every payment"
          : `${formatCountOf(withoutPlan, "payment")} without a plan`,
      isDone: withoutPlan === 0,
      isNeeded: false,
    },
    {
      id: "ledger",
      text: ledgerAgrees ? "Recalculated: equal to the cent" : "Statements differ from the ledger",
      isDone: ledgerAgrees,
      isNeeded: true,
    },
  ];
  if (state !== "open") {
    list.unshift({
      id: "approvals",
      text: notApproved === 0 ? "Every statement approved" : `${formatCountOf(notApproved, "statement")} to approve`,
      isDone: notApproved === 0,
      isNeeded: true,
    });
  }
  if (earlierMonth !== null) {
    list.unshift({ id: "earlier", text: `${formatMonth(earlierMonth)} is not locked`, isDone: false, isNeeded: true });
  }
  return list;
}

/** Why the next step of a month cannot be taken by this person, or not yet; undefined where it can. */
export function stepBar(period: Period, userId: string, thisMonth: string): string | undefined {
  const { state, month, checks, locked } = period;
  if (state === "open") return closeBar(month, thisMonth, checks.earlierMonth);
  if (state === "closing") {
    const open = checksOf(period).filter(({ isDone, isNeeded }) => isNeeded && !isDone);
    return open.length === 0 ? undefined : `First: ${open.map(({ text }) => text).join(", ")}`;
  }
  if (state === "paid" || locked?.by?.id !== userId) return undefined;
  return "You locked this month, so somebody else releases its payout";
}

function closeBar(month: string, thisMonth: string, earlier: string | null): string | undefined {
  if (month >= thisMonth) return "This month is not over yet";
  return earlier === null ? undefined : `${formatMonth(earlier)} is locked first: a balance is carried forward`;
}
