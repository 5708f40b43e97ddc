import { refundKinds, type Refund } from "@rainmaker/contracts/revenue/refunds";

export const refundNames: Readonly<Record<Refund["kind"], string>> = {
  refund: "Refund",
  chargeback: "Chargeback",
  chargeback_won: "Chargeback won",
};

export const refundOptions = refundKinds.map((value) => ({ value, label: refundNames[value] }));

/** Where a refund stands, in the words of the product. */
export const refundStates: Readonly<
  Record<Refund["status"], { readonly label: string; readonly tone: "line" | "info" | "success" | "danger" }>
> = {
  draft: { label: "Proof missing", tone: "line" },
  submitted: { label: "In review", tone: "info" },
  verified: { label: "Verified", tone: "success" },
  rejected: { label: "Not accepted", tone: "danger" },
  withdrawn: { label: "Withdrawn", tone: "line" },
};
