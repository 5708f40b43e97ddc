import { monthOf } from "@rainmaker/contracts/time";
import { Refusal } from "#platform/errors";

export type PeriodState = "open" | "closing" | "locked" | "paid";

export type PeriodRecord = {
  readonly id: string;
  readonly month: string;
  readonly state: PeriodState;
  readonly lockedBy: string | null;
};

const refusals: Readonly<Record<PeriodState, string>> = {
  open: "This month is open: its statements are not issued yet",
  closing: "This month is being closed already",
  locked: "This month is locked: what comes later is posted in the next open month and names it",
  paid: "This month is paid: what comes later is posted in the next open month and names it",
};

/** @throws Refusal 409 with what the month is instead */
export function requirePeriodState({ state }: PeriodRecord, wanted: PeriodState): void {
  if (state !== wanted) throw new Refusal("conflict", `period_${state}`, refusals[state]);
}

/**
 * A month is closed once it is over, in order: what is owed is carried from one to the next.
 * @throws Refusal 409
 */
export function requireClosable({ month }: PeriodRecord, today: string, earlier: string | undefined): void {
  if (month >= monthOf(today)) throw new Refusal("conflict", "period_not_over", "This month is not over yet");
  if (earlier === undefined) return;
  throw new Refusal(
    "conflict",
    "earlier_period_open",
    `${earlier} has to be locked first: a balance is carried forward`,
  );
}

/**
 * What was computed is frozen only when nothing of it is in question.
 * @throws Refusal 409
 */
export function requireLockable(notApproved: number, openDisputes: number): void {
  if (notApproved > 0) {
    throw new Refusal("conflict", "statements_not_approved", `Statements not approved yet: ${notApproved}`);
  }
  if (openDisputes > 0) {
    throw new Refusal("conflict", "disputes_open", `Disputes of this month not answered yet: ${openDisputes}`);
  }
}

/** @throws Refusal 403 where one person would lock and pay */
export function requireAnotherPayer({ lockedBy }: PeriodRecord, memberId: string): void {
  if (lockedBy !== memberId) return;
  throw new Refusal("forbidden", "paid_by_another", "You locked this month, so somebody else releases its payout");
}
