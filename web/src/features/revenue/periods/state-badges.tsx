import type { StatementState } from "@rainmaker/contracts/revenue/commissions";
import type { Period } from "@rainmaker/contracts/revenue/periods";
import { Check, Lock } from "lucide-react";
import type { ReactElement } from "react";
import { Badge } from "#ui/badge";

const statementLooks = {
  open: { word: "Accruing", tone: "earn" },
  issued: { word: "Issued", tone: "info" },
  approved: { word: "Approved", tone: "success", icon: Check },
  locked: { word: "Locked", tone: "neutral", icon: Lock },
  paid: { word: "Paid", tone: "success", icon: Check },
} as const;

/** Where a statement stands, in the one word there is for it. */
export function StatementBadge({ state }: { readonly state: StatementState }): ReactElement {
  const { word, ...look } = statementLooks[state];
  return <Badge {...look}>{word}</Badge>;
}

const periodLooks = {
  open: { word: "Open", tone: "earn" },
  closing: { word: "Closing", tone: "warning" },
  locked: { word: "Locked", tone: "neutral", icon: Lock },
  paid: { word: "Paid", tone: "success", icon: Check },
} as const;

export function PeriodBadge({ state }: { readonly state: Period["state"] }): ReactElement {
  const { word, ...look } = periodLooks[state];
  return <Badge {...look}>{word}</Badge>;
}
