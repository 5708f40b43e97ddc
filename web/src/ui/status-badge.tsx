import { Coins } from "lucide-react";
import type { ReactElement } from "react";
import { Badge, type Tone } from "#ui/badge";

/** The only words there are for where money stands. The same ones in mails and documents. */
const looks = {
  planned: { word: "Planned", tone: "line" },
  invoiced: { word: "Invoiced", tone: "neutral" },
  "in-review": { word: "In review", tone: "info", hasDot: true },
  "fix-proof": { word: "Fix proof", tone: "danger", hasDot: true },
  verified: { word: "Verified", tone: "success", hasDot: true },
  accrued: { word: "Accrued", tone: "earn", icon: Coins },
  approved: { word: "Approved", tone: "success" },
  paid: { word: "Paid", tone: "success" },
  refunded: { word: "Refunded", tone: "neutral" },
} as const satisfies Record<string, { word: string; tone: Tone; hasDot?: boolean; icon?: typeof Coins }>;

export type MoneyStatus = keyof typeof looks;

export function StatusBadge({
  status,
  className,
}: {
  status: MoneyStatus;
  className?: string | undefined;
}): ReactElement {
  const { word, ...look } = looks[status];
  return (
    <Badge {...look} className={className}>
      {word}
    </Badge>
  );
}
