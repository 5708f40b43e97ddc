import type { PaymentStatus } from "@rainmaker/contracts/revenue/payments";
import type { ReactElement } from "react";
import { Badge } from "#ui/badge";
import { StatusBadge } from "#ui/status-badge";
import { statusOf } from "./payment-words.ts";

export function PaymentBadge({ status }: { readonly status: PaymentStatus }): ReactElement {
  const shown = statusOf[status];
  if (shown === "draft") return <Badge tone="line">Not sent</Badge>;
  return <StatusBadge status={shown} />;
}
