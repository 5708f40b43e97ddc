import { barNames } from "../payments/payment-words.ts";
import type { QueueItem } from "./queue-order.ts";

type Flag = QueueItem["flags"][number];

/** What to look at twice: short in the list, as a sentence beside the proof. */
export const flagWords: Readonly<Record<Flag, { readonly short: string; readonly sentence: string }>> = {
  same_file: { short: "Same file", sentence: "The same file is attached to another payment." },
  same_reference: { short: "Same reference", sentence: "Another payment has the same bank reference." },
  same_amount_and_day: {
    short: "Same amount",
    sentence: "Another payment of this customer has the same amount, within three days.",
  },
  first_payment: { short: "First payment", sentence: "This is the first payment of this customer." },
  round_sum: { short: "Round sum", sentence: "The amount is a round sum, and not that of the deal." },
  before_approval: {
    short: "Old money",
    sentence: "The money arrived more than a month before the deal was approved.",
  },
  sent_again: { short: "Sent again", sentence: "It was sent back before. Compare what has changed." },
  over_threshold: {
    short: "Above the limit",
    sentence: "With others of these days it is above what one verifier may decide.",
  },
  last_day: { short: "Last day", sentence: "It arrived on the last day of a month: look at the date twice." },
  other_month: { short: "Other month", sentence: "It counts for another month than the one it was sent in." },
  deal_changed: { short: "Deal changed", sentence: "The deal's amount was changed in the week before it was sent." },
  same_pair: {
    short: "Always you",
    sentence: "More than 60 % of this sender's payments were decided by you. Let a colleague look.",
  },
  above_deal: { short: "More than the deal", sentence: "With this payment the deal is paid more than it is worth." },
};

/** "16 h", "1 d 4 h": how long somebody waits, to the hour where it is days. */
export function waitOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h`;
  return minutes === 0 ? "now" : `${minutes} min`;
}

/** What approving does: where two have to agree, the first only agrees. */
export function approveWords({ payment, endorsedBy }: Pick<QueueItem, "payment" | "endorsedBy">): string {
  if (payment.approvalsNeeded < 2) return "Approve";
  return endorsedBy === null ? "Approve, 1 of 2" : "Approve, 2 of 2";
}

/** Whether it may be approved with others at once: nothing about it has to be looked at, and nobody is at it. */
export function isClean({ barred, flags, claim, payment }: QueueItem): boolean {
  return barred === null && flags.length === 0 && claim === null && payment.approvalsNeeded === 1;
}

/** Longer than this is late. */
export const lateSeconds = 86_400;

/** Why a payment cannot be decided at all; undefined where nothing stands in the way. */
export function barOf(
  { payment, barred }: Pick<QueueItem, "payment" | "barred">,
  isOffline: boolean,
): string | undefined {
  const state = stateWords[payment.status];
  if (state !== undefined) return state(payment.decisions.at(-1)?.by.name);
  if (barred === "endorsed_by_you") return "You agreed to it already. A second verifier decides it.";
  if (barred !== null) return `${barNames[barred]}. Somebody without a stake in it has to decide.`;
  return isOffline ? "Deciding needs the network. It works again when the connection is back." : undefined;
}

/** What became of a payment that does not wait. */
const stateWords: Readonly<Partial<Record<QueueItem["payment"]["status"], (who: string | undefined) => string>>> = {
  draft: () => "It was taken back to be corrected.",
  asked: (who = "Somebody else") => `${who} asked for more.`,
  rejected: (who = "somebody else") => `Sent back by ${who}.`,
  verified: (who = "somebody else") => `Verified by ${who}. That is final.`,
  withdrawn: () => "It was withdrawn.",
  reversed: (who = "somebody else") => `Reversed by ${who}.`,
};
